import pytest

from language.stop_words import is_resume, is_stop

STOP = """
STOP
stop
Stop.
stop!!!
stop nha
stop nhe chau
xin stop
toi muon stop
please stop
stop di
s t o p
stopp
sotp
STOP ALL
unsubscribe
TC
tc
tu choi
từ chối
Từ chối ạ
HUY
huy
hủy
hủy đi
dừng
Dừng.
dừng lại
dừng lại đi
dừng đi
xin dừng
dung lai di
tôi muốn dừng
thôi, dừng
dưng
duwngf
ngung
ngừng
ngừng đi
ngưng lại
dung nhan tin nua
đừng nhắn tin nữa
đừng nhắn nữa
dừng nhắn tin
dung nhan tin
dung nhan nua
đưng nhan tin nua
dduwngf nhawns tin nuwax
dung nt nua
đừng nt nữa
thoi dung gui nua
thôi đừng nhắn
thôi đừng nhắn nữa nhé
dung gui tin nua
dung gui tin cho toi
dung gui nua
dung gui tin nhan vao may toi nua
đừng gọi nữa
dung goi dien nua
đừng làm phiền tôi
dung lam phien nua
dung spam
dung lien lac voi toi nua
ngung nhan tin
ngung gui tin
ngừng gửi tin nhắn cho tôi
khoi nhan tin nua
khong nhan tin nua
không nhận tin nữa
khong muon nhan tin
khong muon nhan tin nhan nay nua
toi khong muon nhan tin nhan nua
ko nhan tin nua
k nhận tin nữa
khong can nhan tin nua
khong muon bi lam phien
dung lien he nua
khong lien lac nua
đug nhắn nx
đừg nhắn tin
k mún nhận tn nx
dừngg lạiii
STOPPPP
ngừng ngay việc nhắn tin
chấm dứt gửi tin
tắt thông báo giùm
cắt tin nhắn giúp em
chớ gửi nữa
xin các anh thôi nhắn
đừng có nhắn lung tung vào máy tôi
dừng hộ cái
thôi đủ rồi, dừng ở đây
thoi dung hoi nua
khong tham gia nua
de cho ba yen
bo toi ra khoi nhom nhan tin
huy nhan tin
hủy đăng ký
huy dang ky nhan tin
bo dang ky
tu choi nhan tin
từ chối nhận tin nhắn
chan so nay
xoa so toi di
xóa số điện thoại của tôi
phien qua dung nhan nua
toi lam o phuong roi dung nhan tin nua
tôi làm xong rồi, đừng nhắn tin nữa
khong dung nhan tin nua
Không, đừng nhắn nữa
dung nhan tin nua ma goi cho toi
muon dung nhan tin thi lam the nao
""".strip().splitlines()

NOT_STOP = """
dung
đúng
dung roi
đúng rồi
dung roi a
dung vay
dung a
dạ đúng
dung the
dung het roi
vang dung
dung roi nhan tin cho toi nhe
dung, nhan tin cho toi
đúng nhận tin rồi
dung nhan tien qua the
dung nhan duoc roi
dung gui cho toi qua tk
dung gui cho toi nhe
không phải dừng
khong phai dung
tôi không dừng
tôi không dừng nhắn tin
tôi không muốn dừng
toi khong muon dung nhan tin
dung ngung nhan tin nhe
đừng ngừng
đừng hủy
chua muon dung nhan tin
không stop
khong phai stop
stop la gi
nhan stop de lam gi
soan stop thi sao
sao lai dung nhan tin
tai sao khong nhan tin nua
co dung nhan tin nay cua phuong khong
dung nhan tin nay la cua phuong khong
thoi
thôi
thoi khong can
thoi khong lam nua
thoi duoc roi
khong
khong can
khong nhan nua
khong dung
không đúng
khong dung nua
toi khong dung dien thoai
tôi dùng vietcombank
dung vietcombank
đừng lo
dung lo
dung gui tien mat
khong nhan tien nua
khong nhan duoc tin nhan
toi khong nhan duoc tin nhan nua
khong nhan tin duoc
tu choi nhan tai khoan
toi tu choi mo the
huy tai khoan
huy lich hen
hủy lịch hẹn ngày mai
bo so dau di
xoa so cuoi di
tiep tuc
tran van huy
toi la Huy
nguyen quang huy
tc la gi
ngung tro cap roi a
sao ngung tien cua toi
tạm dừng ở đây mai làm tiếp
dừng một lát rồi làm tiếp
xin dừng việc chi trả cho mẹ tôi
khoan đừng gửi, có chỗ sai
thôi khỏi phiền các cháu
nếu tôi không tham gia nữa thì sao
toi phan anh can bo thu tien sai
gia dinh em hoan tat thu tuc roi
hom truoc toi tu choi tin, nay muon nhan
đừng nhắn zalo, gọi cho tôi
đừng gọi buổi trưa
0912345678
vang
1

de toi hoi con da
""".strip("\n").splitlines()

RESUME = """
tiep tuc
tiếp tục
Tiếp tục đi
tiep tuc nhan tin
tiep tuc gui tin cho toi
nhan lai
nhắn lại đi
nhan tin lai
nhắn tin tiếp nhé
START
start
bat dau lai nhan tin
dang ky lai
mo lai
cho toi nhan lai tin
toi muon nhan lai tin nhan
unstop
mở lại tin nhắn
bật lại thông báo
gui tin lai cho bac
huỷ lệnh dừng
khôi phục nhắn tin
""".strip().splitlines()

NOT_RESUME = """
khong tiep tuc
dung tiep tuc
không nhắn lại
stop
dừng
vang
nhan lai tien
toi muon nhan tien
lam lai tu dau
dung nhan tin nua
dung roi
tiep tuc nhan tien mat
bat dau tu bao gio
sao van gui tin moi ba
mo lai the nhu the nao

""".strip("\n").splitlines()


@pytest.mark.parametrize("text", STOP)
def test_a_wish_to_stop_is_understood(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize("text", NOT_STOP)
def test_a_yes_and_other_wishes_are_no_stop(text: str) -> None:
    assert not is_stop(text)


@pytest.mark.parametrize("text", RESUME)
def test_a_wish_to_go_on_is_understood(text: str) -> None:
    assert is_resume(text)


@pytest.mark.parametrize("text", NOT_RESUME)
def test_other_messages_do_not_resume(text: str) -> None:
    assert not is_resume(text)


@pytest.mark.parametrize("text", [*STOP, *RESUME, *NOT_STOP])
def test_nothing_both_stops_and_resumes(text: str) -> None:
    assert not (is_stop(text) and is_resume(text))


@pytest.mark.parametrize("text", STOP)
def test_upper_case_and_full_stops_change_nothing(text: str) -> None:
    assert is_stop(text.upper())
    assert is_stop(f"  {text}... ")
