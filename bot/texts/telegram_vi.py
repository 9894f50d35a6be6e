"""What the bot says in Telegram, in Vietnamese."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line
from typing import Any, Final

VI: Final[dict[str, Any]] = {
    "code": "vi",
    "line": "dòng {line}",
    "page": "tr. {page}",
    "also": "Cũng có ở: ",
    "by_address": "theo địa chỉ",
    "by_file_name": "theo tên tệp",
    "also_more": "{more} nơi khác",
    "understood": "Mình hiểu câu hỏi là: {question}",
    "continued": "(còn tiếp)",
    "not_found": "Bộ sưu tập không có câu trả lời cho câu hỏi này.",
    "without_filter": "Bạn có thể hỏi lại mà không giới hạn như trên.",
    "about": "Mình chỉ biết {documents}, {sentences}{newest}. Hay nhắc đến: {names}.",
    "span_day": ", mới nhất ngày {day}",
    "related_heading": "Có lẽ liên quan (không phải câu trả lời):",
    "slow": "Câu này cần lâu hơn thường lệ, bạn chờ mình một chút nhé…",
    "gave_up": "Mình tìm quá lâu nên đã dừng lại. Bạn thử hỏi lại, ngắn gọn hơn, giúp mình nhé.",
    "failed": "Có trục trặc bên phía mình nên câu này chưa trả lời được. Bạn thử lại sau ít phút nhé.",
    "busy": "Đang có nhiều người hỏi cùng lúc. Bạn thử lại sau vài giây nhé.",
    "too_many": "Bạn hỏi nhanh quá, mình theo không kịp. Bạn hỏi tiếp sau {seconds} giây nhé.",
    "only_text": "Mình chỉ đọc được chữ, kể cả chú thích dưới ảnh hay video. Bạn viết câu hỏi ra giúp mình nhé.",
    "no_collection": "Hiện mình chưa mở được bộ sưu tập nên chưa trả lời được. Chủ bot cần xem lại nhé.",
    "nothing_to_ask": "Bạn viết câu hỏi ngay sau lệnh nhé, ví dụ: /ask {example}",
    "labels": {
        "context": "Câu trước và sau",
        "close": "Thu gọn",
        "more": "Thêm kết quả",
        "share": "Chia sẻ",
        "helpful": "👍 Đúng",
        "not_helpful": "👎 Chưa đúng",
    },
    "icons": {
        "context": "📖",
        "close": "📕",
        "more": "➕",
        "share": "↗️",
        "helpful": "👍",
        "not_helpful": "👎",
    },
    "no_context": "Câu này đứng một mình, không có câu trước hay sau.",
    "related": "Xem câu có lẽ liên quan",
    "thanks": "Cảm ơn bạn!",
    "sorry": "Cảm ơn bạn, mình đã ghi lại để chủ bot xem.",
    "sorry_counted": "Cảm ơn bạn, mình đã tính vào số câu trả lời chưa đúng.",
    "rated_already": "Bạn đã đánh giá như vậy rồi.",
    "asker_only": "Chỉ người hỏi mới đánh giá được câu trả lời này.",
    "small_talk": {
        "thanks": "Không có gì ạ!",
        "greeting": "Chào bạn! Bạn cứ viết câu hỏi nhé.",
        "praise": "Vui vì giúp được bạn!",
        "blame": "Xin lỗi bạn. Bạn thử hỏi cách khác, hoặc bấm 👎 dưới câu trả lời nhé.",
        "laughter": "😄",
        "who": "Mình là bot chỉ trả lời bằng câu trích nguyên văn, câu nào cũng ghi rõ nguồn. Bạn cứ viết câu hỏi nhé.",
    },
    "copy_link": "Chép liên kết",
    "ask_again": "Hỏi lại",
    "stale": "Bộ sưu tập đã thay đổi từ lúc đó. Bạn bấm “Hỏi lại” để có câu trả lời mới nhé.",
    "forgotten": "Câu trả lời này cũ quá, mình không còn nhớ. Bạn gửi lại câu hỏi giúp mình nhé.",
    "unusable": "Nút này không dùng được nữa.",
    "start": (
        "Chào bạn! Mình trả lời bằng cách trích nguyên văn từ một bộ sưu tập, câu nào cũng ghi rõ nguồn. "
        "Không tìm thấy thì mình nói là không có, chứ không đoán."
    ),
    "examples": "Bạn cứ viết câu hỏi, có dấu hay không dấu đều được. Ví dụ:",
    "help": (
        "Cách hỏi\n"
        "• Ở đây: cứ viết câu hỏi.\n"
        "• Trong nhóm: nhắc tên @{bot}, trả lời tin của mình, hoặc /ask câu hỏi.\n"
        "{inline}"
        "• Hỏi tiếp: “còn Đức thì sao?”, hoặc trả lời ngay dưới câu trả lời của mình.\n"
        "• Chỉ hỏi một khoảng ngày hay một báo: viết trước câu hỏi since:2024-04-01, until:30/4/2024, source:tên-báo.\n"
        "• Viết sai? Sửa câu hỏi của bạn, mình sửa câu trả lời theo.\n\n"
        "Lệnh\n{commands}"
    ),
    "help_inline": "• Ở bất kỳ đâu: gõ @{bot} rồi câu hỏi, chọn một câu trích để gửi.\n",
    "new": "Được rồi, mình quên chuyện vừa nói. Bạn hỏi chuyện mới nhé.",
    "lang": "Bạn muốn mình nói tiếng nào? Câu trích vẫn giữ nguyên ngôn ngữ của nguồn.",
    "lang_set": "Từ giờ mình nói tiếng Việt với bạn.",
    "lang_auto": "Theo Telegram của tôi",
    "lang_follow": "Từ giờ mình theo ngôn ngữ của Telegram trên máy bạn.",
    "sources": "Bộ sưu tập có {documents}, {sentences}{newest}.",
    "earlier": "← Trước",
    "later": "Sau →",
    "status": "Bộ sưu tập có {documents}, {sentences}.\n{newest}Ai được hỏi: {access}.",
    "status_newest": "Tài liệu mới nhất: {day}.\n",
    "details": "Chi tiết",
    "status_details": "Bản: {generation}\nBộ mã hóa: {encoder}\nChạy được: {uptime}",
    "document_forms": ("{number} tài liệu", "{number} tài liệu"),
    "sentence_forms": ("{number} câu", "{number} câu"),
    "access_open": "ai cũng được hỏi",
    "access_listed": "chủ bot và những người được cho phép",
    "quote_gone": "Câu này không còn trong bộ sưu tập nữa.",
    "group_welcome": "Chào cả nhà! Muốn hỏi thì nhắc tên @{bot}, trả lời tin của mình, hoặc viết /ask câu hỏi nhé.",
    "not_allowed": "Xin lỗi, bot này chỉ trả lời người trong danh sách. Số của bạn là {user}: bạn nhờ chủ bot thêm vào nhé.",
    "not_allowed_group": "Xin lỗi, nhóm này chưa có trong danh sách. Số của nhóm là {chat}: nhờ chủ bot thêm vào nhé.",
    "no_owner": (
        "Bot này chưa có chủ. Nếu là bạn, hãy đặt TRICHDAN_OWNERS={user} trong tệp .env rồi khởi động lại, "
        "hoặc TRICHDAN_ACCESS=open để ai cũng hỏi được."
    ),
    "no_owner_group": (
        "Bot này chưa có chủ. Chủ bot hãy đặt TRICHDAN_OWNERS={user} trong tệp .env; "
        "muốn cả nhóm hỏi được thì thêm TRICHDAN_GROUPS={chat}."
    ),
    "owners_only": "Lệnh này chỉ dành cho chủ bot.",
    "inline_hint": "Viết câu hỏi để tìm câu trích…",
    "inline_nothing": "Bộ sưu tập không có câu trả lời",
    "inline_not_allowed": "Bot này chỉ trả lời người trong danh sách",
    "inline_source": "Mở nguồn",
    "reload_same": "Vẫn là bản {generation}, không có gì mới.",
    "reload_new": "Đã chuyển sang bản {generation}: {documents}, {sentences}.",
    "reload_failed": "Không mở được bản mới, bản cũ vẫn trả lời. Lý do: {reason}",
    "stats": (
        "30 ngày qua: {asked} câu hỏi\nTìm thấy: {found}\nKhông có trong bộ sưu tập: {not_found}\n"
        "Đúng: {helpful} · Chưa đúng: {not_helpful}\nThời gian tìm, trung vị: {median} ms"
    ),
    "stats_unanswered": "Những câu gần đây chưa trả lời được (giữ {days} ngày):",
    "stats_sent": "Mình đã gửi riêng cho bạn, vì trong đó có câu hỏi của người khác.",
    "stats_write_first": "Trong đó có câu hỏi riêng của người khác. Bạn nhắn riêng cho mình trước, rồi gọi lại lệnh nhé.",
    "memory_lost": "Bộ nhớ của mình (state.sqlite) bị hỏng. Mình đã cất sang state.damaged và bắt đầu lại: các nút và mạch hỏi trước đây không dùng được nữa. Bạn kiểm tra ổ đĩa giúp mình nhé.",
    "feed_owners_only": "Chỉ chủ bot mới thêm được tài liệu. Bạn viết câu hỏi bằng chữ giúp mình nhé.",
    "feed_off": "Bot này không cho thay đổi bộ sưu tập qua Telegram.",
    "feed_help": "Thêm tài liệu: gửi tệp vào đây, chú thích của tệp thành tiêu đề; gửi lại tệp cùng tên thì bản mới thay bản cũ.\n{limits}",
    "feed_limits": "Mỗi tệp tối đa {limit}; đọc được: {kinds}.",
    "feed_files": "{number} tệp ({names})",
    "feed_received": "Đã nhận {name}, mình đang đọc. {limits}",
    "feed_too_large": "{name} nặng {size}, quá giới hạn {limit} mỗi tệp. Bạn chia nhỏ rồi gửi lại, hoặc thêm bằng dòng lệnh nhé.",
    "feed_too_large_for_telegram": "{name} lớn hơn mức Telegram cho bot tải về. Bạn chia nhỏ rồi gửi lại, hoặc thêm bằng dòng lệnh nhé.",
    "feed_not_fetched": "Mình không tải được {name} từ Telegram, bộ sưu tập vẫn như cũ. Bạn thử gửi lại sau ít phút nhé.",
    "feed_going": "{what}: {stage}…",
    "feed_stages": {
        "waiting": "đang đợi tệp trước xong",
        "starting": "đang bắt đầu",
        "fetching": "đang tải về",
        "reading": "đang đọc",
        "indexing": "đang lập chỉ mục",
        "publishing": "đang kiểm tra và lưu",
    },
    "feed_added": "Đã thêm {documents}: {names}",
    "feed_replaced": "Đã thay bản cũ bằng bản mới ({documents}): {names}",
    "feed_removed": "Đã bỏ {documents}: {names}",
    "feed_sentences": "Đọc được {sentences}.",
    "feed_same": "{name} đã có sẵn, không có gì thay đổi.",
    "feed_same_as": "Nội dung của {name} đã có sẵn với tên {known}, nên mình không thêm lần nữa.",
    "feed_nothing": "Không thêm được gì.",
    "feed_left_out": "Bỏ qua {number} chỗ:",
    "feed_now": "Bộ sưu tập giờ có {documents}, {sentences}.",
    "feed_failed": "{what}: không làm được, bộ sưu tập vẫn như cũ. Lý do: {reason}",
    "feed_interrupted": "{what}: bot dừng giữa chừng nên chưa xong. Bạn làm lại giúp mình nhé.",
    "feed_killed": "{what}: bot bị tắt giữa chừng. Bạn xem /documents, chưa thấy thay đổi thì làm lại giúp mình nhé.",
    "feed_refused": "{what}: bộ sưu tập vẫn như cũ. Bản mới chỉ trả lời được {found}/{count} câu hỏi kiểm tra, cần ít nhất {least} %. Những câu sẽ mất:",
    "feed_refused_more": "… và {number} câu nữa",
    "feed_refused_advice": "Bạn sửa tài liệu rồi gửi lại nhé. Nếu đúng là muốn vậy, hãy làm bằng dòng lệnh với --force.",
    "feed_list_old": "Bộ sưu tập đã thay đổi từ lúc đó. Bạn gửi lại /remove hoặc /documents nhé.",
    "documents_head": "Bộ sưu tập: {documents} (trang {page}/{pages})",
    "remove_pick": "Bạn muốn bỏ tài liệu nào? Có {documents} (trang {page}/{pages})",
    "remove_sure": "Bỏ {name} ({sentences}) khỏi bộ sưu tập?",
    "remove_yes": "Bỏ",
    "remove_no": "Giữ lại",
    "description": (
        "Hỏi bằng tiếng Việt hay tiếng Anh, có dấu hay không dấu. Bot trả lời bằng đúng nguyên văn câu trong bộ sưu tập, "
        "kèm nguồn để mở xem ngay tại chỗ. Không có thì nói là không có, không bao giờ bịa."
    ),
    "short_description": "Chỉ trích nguyên văn, câu nào cũng có nguồn; không có thì nói là không có.",
    "commands": {
        "ask": "Hỏi một câu",
        "help": "Cách hỏi",
        "sources": "Có những tài liệu nào",
        "status": "Bộ sưu tập mới đến đâu",
        "new": "Quên chuyện đang nói",
        "lang": "Đổi ngôn ngữ",
        "start": "Bắt đầu",
    },
    "owner_commands": {
        "documents": "Danh sách tài liệu",
        "remove": "Bỏ một tài liệu",
        "reload": "Mở bản mới của bộ sưu tập",
        "stats": "Số liệu và những câu chưa trả lời được",
    },
}
