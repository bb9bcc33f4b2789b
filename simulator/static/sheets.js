// Small questions over the page. Esc and "Thôi" give null.

export function ask(sheet, prepare) {
  const form = sheet.querySelector("form");
  form.reset();
  prepare(form);
  sheet.returnValue = "";
  return new Promise((answer) => {
    const end = () => answer(sheet.returnValue === "go" ? new FormData(form) : null);
    sheet.addEventListener("close", end, { once: true });
    sheet.showModal();
  });
}
