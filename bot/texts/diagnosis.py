"""What `trichdan doctor` finds and advises, in Vietnamese and English; the keys are those of the checks."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line
from collections.abc import Mapping
from typing import Final

EN: Final = {
    "settings": "settings: {file}",
    "settings_none": "settings: none in {file}, so the defaults hold",
    "settings_bad": "settings: {why}",
    "data": "data directory: {folder}, {free} GB free",
    "data_none": "data directory: {folder} is made by the first build, {free} GB free",
    "data_locked": "data directory: {folder} cannot be written; run as its owner, or change its owner with chown",
    "disk_full": "data directory: only {free} GB are free at {folder}; make room for at least 1 GB",
    "model": "encoder and reader: {name}",
    "model_bad": "encoder and reader: {why}",
    "index": "index: {name}, {documents} documents, {sentences} sentences",
    "index_sample": "index: the sample collection only; `trichdan index add FOLDER` puts your documents in its place",
    "index_bad": "index: {why}",
    "memory": "memory: {free} MiB to be had",
    "memory_low": "memory: only {free} MiB are to be had, and the bot takes 300; TRICHDAN_READER=off needs half",
    "clock": "clock: {now}",
    "clock_wrong": "clock: it says {now}, before this program was made; set it, or Telegram's certificates are refused",
    "telegram_off": "Telegram: no token is set, so only the command line answers",
    "telegram_bad": "Telegram: {why}",
    "telegram": "Telegram: @{bot} answers at {server}{proxy}",
    "telegram_token": "Telegram: the token is not accepted; ask @BotFather for the present one",
    "telegram_away": "Telegram: {server} cannot be reached{proxy} ({why}); look at the network, or set HTTPS_PROXY",
    "owner_none": "owner: none yet; write to the bot, it tells you your number for TRICHDAN_OWNERS",
    "owner": "owner: {owners}",
    "by_proxy": " by the proxy {proxy}",
}
VI: Final = {
    "settings": "cài đặt: {file}",
    "settings_none": "cài đặt: chưa có {file}, nên dùng mặc định",
    "settings_bad": "cài đặt: {why}",
    "data": "thư mục dữ liệu: {folder}, còn trống {free} GB",
    "data_none": "thư mục dữ liệu: {folder} sẽ được tạo khi lập chỉ mục, còn trống {free} GB",
    "data_locked": "thư mục dữ liệu: không ghi được vào {folder}; bạn chạy bằng đúng người dùng, hoặc đổi chủ thư mục bằng chown",
    "disk_full": "thư mục dữ liệu: {folder} chỉ còn trống {free} GB; bạn dọn ra ít nhất 1 GB nhé",
    "model": "bộ mã hoá và trình đọc: {name}",
    "model_bad": "bộ mã hoá và trình đọc: {why}",
    "index": "chỉ mục: {name}, {documents} tài liệu, {sentences} câu",
    "index_sample": "chỉ mục: mới chỉ có bộ sưu tập mẫu; `trichdan index add THƯ_MỤC` thay bằng tài liệu của bạn",
    "index_bad": "chỉ mục: {why}",
    "memory": "bộ nhớ: còn dùng được {free} MiB",
    "memory_low": "bộ nhớ: chỉ còn {free} MiB, mà bot cần 300; TRICHDAN_READER=off chỉ cần một nửa",
    "clock": "đồng hồ: {now}",
    "clock_wrong": "đồng hồ: đang chỉ {now}, trước cả lúc chương trình ra đời; bạn chỉnh lại, không thì chứng chỉ của Telegram bị từ chối",
    "telegram_off": "Telegram: chưa đặt token, nên chỉ trả lời ở dòng lệnh",
    "telegram_bad": "Telegram: {why}",
    "telegram": "Telegram: @{bot} trả lời ở {server}{proxy}",
    "telegram_token": "Telegram: token không được chấp nhận; bạn xin @BotFather token hiện tại nhé",
    "telegram_away": "Telegram: không tới được {server}{proxy} ({why}); bạn xem lại mạng, hoặc đặt HTTPS_PROXY",
    "owner_none": "chủ bot: chưa có; bạn nhắn cho bot, bot sẽ cho biết số của bạn để đặt TRICHDAN_OWNERS",
    "owner": "chủ bot: {owners}",
    "by_proxy": " qua proxy {proxy}",
}
ASKS_EN: Final = {
    "documents": "Folder or file of your documents",
    "language": "Language of what the program says itself (auto, vi, en)",
    "token": "Token of the Telegram bot from @BotFather (empty for none)",
    "wrote": "Wrote {file}, for your eyes only.",
    "next": "Next: trichdan {command}",
}
ASKS_VI: Final = {
    "documents": "Thư mục hay tệp tài liệu của bạn",
    "language": "Ngôn ngữ chương trình tự nói (auto, vi, en)",
    "token": "Token của bot Telegram, xin ở @BotFather (để trống nếu chưa cần)",
    "wrote": "Đã ghi {file}, chỉ mình bạn đọc được.",
    "next": "Tiếp theo: trichdan {command}",
}


def diagnosis_texts(language: str) -> Mapping[str, str]:
    """Return what is found, in a language of the program."""
    return VI if language == "vi" else EN


def asking_texts(language: str) -> Mapping[str, str]:
    """Return what `trichdan init` asks and says, in a language of the program."""
    return ASKS_VI if language == "vi" else ASKS_EN
