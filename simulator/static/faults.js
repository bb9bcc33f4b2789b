// The drawer of faults: a switch each, provider by provider.
import { byId, call, element, nationalNumber } from "./api.js";
import { addressOn, channelOf } from "./person.js";

let reload = () => {};

export function startFaults(poll) {
  reload = poll;
  byId("faults-button").addEventListener("click", () => open(byId("faults").hidden));
  byId("faults-close").addEventListener("click", () => open(false));
  byId("faults").addEventListener("keydown", (event) => event.key === "Escape" && open(false));
  byId("faults-off").addEventListener("click", () => act(() => call("DELETE", "/faults")));
  byId("reset").addEventListener("click", reset);
  refresh();
  setInterval(refresh, 2000);
}

function open(wanted) {
  byId("faults").hidden = !wanted;
  byId("faults-button").setAttribute("aria-expanded", String(wanted));
  (wanted ? byId("faults-close") : byId("faults-button")).focus();
}

async function refresh() {
  if (document.hidden) return;
  try {
    const { faults, offered } = await call("GET", "/faults");
    showCount(byId("faults-count"), faults);
    offered.forEach((provider) => showProvider(provider, faults));
  } catch {
    // The page already says that the server cannot be reached.
  }
}

function showCount(badge, faults) {
  badge.hidden = !faults.length;
  badge.textContent = faults.length;
  badge.setAttribute("aria-label", `${faults.length} sự cố đang bật`);
}

function showProvider(provider, faults) {
  const id = `faults-of-${provider.provider}`;
  if (!byId(id)) byId("fault-list").append(providerBox(id, provider));
  const own = faults.filter((fault) => fault.provider === provider.provider);
  showCount(byId(id).querySelector(".badge"), own);
  for (const { kind } of provider.kinds) {
    showSwitch(byId(`${id}-${kind}`), own.filter((fault) => fault.kind === kind));
  }
}

function providerBox(id, provider) {
  const box = element("details", "provider");
  box.id = id;
  const summary = element("summary", "", provider.title);
  const badge = element("span", "badge");
  summary.append(badge);
  box.append(summary);
  for (const { kind, title } of provider.kinds) {
    const control = element("button", "switch");
    control.type = "button";
    control.id = `${id}-${kind}`;
    control.setAttribute("role", "switch");
    control.append(element("span", "", title), element("span", "left"), element("span", "track"));
    control.addEventListener("click", () => act(() => flip(control, provider.provider, kind)));
    box.append(control);
  }
  return box;
}

function showSwitch(control, on) {
  control.setAttribute("aria-checked", String(on.length > 0));
  control.dataset.faults = on.map((fault) => fault.id).join(" ");
  control.querySelector(".left").textContent = on.map(remaining).join(", ");
}

function remaining(fault) {
  const times = fault.count === null ? `đã bị ${fault.struck} lần` : `còn ${fault.count} lần`;
  return fault.number ? `${times} (${nationalNumber(fault.number)})` : times;
}

async function flip(control, provider, kind) {
  const ids = control.dataset.faults.split(" ").filter(Boolean);
  if (ids.length) {
    await Promise.all(ids.map((id) => call("DELETE", `/faults/${id}`)));
    return;
  }
  const count = byId("fault-count").value;
  await call("POST", "/faults", {
    provider,
    kind,
    count: count ? Number(count) : null,
    probability: Number(byId("fault-probability").value),
    number: byId("fault-this").checked ? addressOn(channelOf(provider)) : "",
  });
}

async function act(change) {
  byId("faults-error").textContent = "";
  try {
    await change();
  } catch (error) {
    byId("faults-error").textContent = error.message;
  }
  await refresh();
}

async function reset() {
  if (!confirm("Xoá mọi tin và sự cố của bản diễn tập, và mọi máy đã thêm?")) return;
  await act(() => call("POST", "/reset"));
  await reload();
}
