"""What `trichdan help TOPIC` says of what belongs to no single command, in Vietnamese and English."""

from collections.abc import Mapping
from typing import Final

EXIT_STATUS: Final = "exit-status"
COMPLETION: Final = "completion"
SETTINGS: Final = "settings"
TOPICS: Final = (COMPLETION, EXIT_STATUS, SETTINGS)

_EXIT_EN = """\
0         found; of several questions, at least one
1         a fault: a damaged index, a full disk, a model that cannot be loaded
2         misuse: a question, an option, a path or a setting that cannot be used
3         no sure answer; of several questions, none was found; `index list`: no such document
4         `bot`: another process answers with the same token
130, 141  stopped by Ctrl-C; the reader of the output went away
"""
_EXIT_VI = """\
0         tìm thấy; hỏi nhiều câu thì có ít nhất một câu tìm thấy
1         có lỗi: chỉ mục hỏng, đĩa đầy, mô hình không mở được
2         dùng sai: câu hỏi, tuỳ chọn, đường dẫn hay cài đặt không dùng được
3         không có câu trả lời chắc chắn; `index list`: không có tài liệu như vậy
4         `bot`: một tiến trình khác đang trả lời bằng cùng token
130, 141  bị dừng bằng Ctrl-C; bên đọc đầu ra đã đóng
"""
_COMPLETION_EN = """\
`trichdan --install-completion` teaches bash, zsh or fish to complete commands and options;
open a new shell afterwards. `trichdan --show-completion` prints what it would install.
"""
_COMPLETION_VI = """\
`trichdan --install-completion` dạy bash, zsh hay fish tự điền lệnh và tuỳ chọn;
sau đó mở một shell mới. `trichdan --show-completion` in ra phần sẽ cài.
"""
_SETTINGS_EN = "From the environment, or from the file {file}:\n"
_SETTINGS_VI = "Lấy từ biến môi trường, hoặc từ tệp {file}:\n"

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {EXIT_STATUS: _EXIT_EN, COMPLETION: _COMPLETION_EN, SETTINGS: _SETTINGS_EN},
    "vi": {EXIT_STATUS: _EXIT_VI, COMPLETION: _COMPLETION_VI, SETTINGS: _SETTINGS_VI},
}
