<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
<context>
    <name>AccuracyPanel</name>
    <message>
        <source>Accuracy over epochs</source>
        <translation>Độ chính xác qua các epoch</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>Độ chính xác, %</translation>
    </message>
    <message>
        <source>Share of samples answered right, in percent</source>
        <translation>Tỉ lệ mẫu được trả lời đúng, tính bằng phần trăm</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Sửa</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Tệp</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Trợ &amp;giúp</translation>
    </message>
    <message>
        <source>&amp;Lesson</source>
        <translation>&amp;Bài học</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>&amp;Huấn luyện</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <source>A layer of any kind before the output</source>
        <translation>Một lớp kiểu bất kỳ trước đầu ra</translation>
    </message>
    <message>
        <source>A new layer behind the selected one; what was learned stays</source>
        <translation>Một lớp mới sau lớp đã chọn; những gì đã học vẫn còn</translation>
    </message>
    <message>
        <source>A small network of your own that reads images through filters</source>
        <translation>Một mạng nhỏ của riêng bạn, đọc hình qua các bộ lọc</translation>
    </message>
    <message>
        <source>A small network of your own to begin with</source>
        <translation>Một mạng nhỏ của riêng bạn để bắt đầu</translation>
    </message>
    <message>
        <source>Add a layer…</source>
        <translation>Thêm lớp…</translation>
    </message>
    <message>
        <source>Add neuron</source>
        <translation>Thêm nơ-ron</translation>
    </message>
    <message>
        <source>All edges</source>
        <translation>Mọi cạnh</translation>
    </message>
    <message>
        <source>Alt+arrows</source>
        <translation>Alt+mũi tên</translation>
    </message>
    <message>
        <source>Alt+drag</source>
        <translation>Alt+kéo</translation>
    </message>
    <message>
        <source>Alt+wheel</source>
        <translation>Alt+lăn chuột</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Mũi tên</translation>
    </message>
    <message>
        <source>Back to the same start</source>
        <translation>Về lại đúng chỗ xuất phát</translation>
    </message>
    <message>
        <source>Back to the step before</source>
        <translation>Về lại bước trước</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Lấy lại</translation>
    </message>
    <message>
        <source>Change between the dark and the light theme</source>
        <translation>Chuyển giữa giao diện tối và giao diện sáng</translation>
    </message>
    <message>
        <source>Change it live; Shift: faster</source>
        <translation>Đổi số trực tiếp; Shift: nhanh hơn</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Đóng chương trình</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Nối</translation>
    </message>
    <message>
        <source>Connect two neurons: begin at the small handle</source>
        <translation>Nối hai nơ-ron: bắt đầu ở núm nhỏ</translation>
    </message>
    <message>
        <source>Contribution w·x</source>
        <translation>Đóng góp w·x</translation>
    </message>
    <message>
        <source>Copy network as picture</source>
        <translation>Chép mạng thành hình</translation>
    </message>
    <message>
        <source>Copy neurons</source>
        <translation>Chép nơ-ron</translation>
    </message>
    <message>
        <source>Ctrl+arrows</source>
        <translation>Ctrl+mũi tên</translation>
    </message>
    <message>
        <source>Dark or light</source>
        <translation>Tối hay sáng</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>Phím số</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>Bấm đúp</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Kéo</translation>
    </message>
    <message>
        <source>Drag from a rim</source>
        <translation>Kéo từ mép</translation>
    </message>
    <message>
        <source>Draw every edge of a large network, not only the strongest</source>
        <translation>Vẽ mọi cạnh của một mạng lớn, chứ không chỉ những cạnh mạnh nhất</translation>
    </message>
    <message>
        <source>Duplicate neurons</source>
        <translation>Nhân đôi nơ-ron</translation>
    </message>
    <message>
        <source>Each neuron shows its answer over the whole input space</source>
        <translation>Mỗi nơ-ron cho thấy câu trả lời của nó trên cả miền đầu vào</translation>
    </message>
    <message>
        <source>Edges show by how much the last step changed them</source>
        <translation>Cạnh cho thấy bước vừa rồi đã đổi nó bao nhiêu</translation>
    </message>
    <message>
        <source>Edges show their weight w</source>
        <translation>Cạnh cho thấy trọng số w</translation>
    </message>
    <message>
        <source>Edges show what they add to the next neuron: w·x</source>
        <translation>Cạnh cho thấy phần nó cộng vào nơ-ron kế tiếp: w·x</translation>
    </message>
    <message>
        <source>Edges show ∂L/∂w of the last batch</source>
        <translation>Cạnh cho thấy ∂L/∂w của batch vừa rồi</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Everything that is written, larger: graph, panels, formulas, plots</source>
        <translation>Mọi chữ to hơn: sơ đồ, bảng, công thức, đồ thị</translation>
    </message>
    <message>
        <source>Everything that is written, smaller</source>
        <translation>Mọi chữ nhỏ hơn</translation>
    </message>
    <message>
        <source>Explain the signs on the stage in whole words where they are short</source>
        <translation>Giải thích các ký hiệu trên sơ đồ bằng lời đầy đủ ở chỗ đang viết tắt</translation>
    </message>
    <message>
        <source>Export history as table…</source>
        <translation>Xuất lịch sử thành bảng…</translation>
    </message>
    <message>
        <source>Export network as picture…</source>
        <translation>Xuất mạng thành hình…</translation>
    </message>
    <message>
        <source>Export plots as picture…</source>
        <translation>Xuất đồ thị thành hình…</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Nhanh hơn</translation>
    </message>
    <message>
        <source>Fewer steps a second; a lesson plays slower</source>
        <translation>Ít bước hơn mỗi giây; bài học chạy chậm hơn</translation>
    </message>
    <message>
        <source>Files that were opened or saved last</source>
        <translation>Các tệp được mở hay lưu gần đây</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>Bước đầu</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Vừa khung</translation>
    </message>
    <message>
        <source>Freeze or thaw</source>
        <translation>Đóng băng / rã đông</translation>
    </message>
    <message>
        <source>Freeze or thaw layer</source>
        <translation>Đóng băng / rã đông lớp</translation>
    </message>
    <message>
        <source>From a cell of a map to its edges; ↑ and ↓ walk them</source>
        <translation>Từ một ô của bản đồ đến các cạnh của nó; ↑ và ↓ đi qua từng cạnh</translation>
    </message>
    <message>
        <source>From a neuron to its edges; on an edge, set its weight</source>
        <translation>Từ nơ-ron đến các cạnh của nó; ở cạnh thì đặt trọng số</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Toàn màn hình</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>Have the network read digits from PNG, JPEG or other picture files</source>
        <translation>Cho mạng đọc chữ số từ các tệp hình PNG, JPEG hoặc kiểu khác</translation>
    </message>
    <message>
        <source>Have the network read every picture in a folder; subfolders 0 to 9 label</source>
        <translation>Cho mạng đọc mọi hình trong một thư mục; thư mục con 0 đến 9 là nhãn</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Lịch sử</translation>
    </message>
    <message>
        <source>Import weights…</source>
        <translation>Nhập trọng số…</translation>
    </message>
    <message>
        <source>In which everything is written</source>
        <translation>Mọi thứ được viết bằng ngôn ngữ này</translation>
    </message>
    <message>
        <source>Insert layer</source>
        <translation>Chèn lớp</translation>
    </message>
    <message>
        <source>Join the two selected neurons by an edge</source>
        <translation>Nối hai nơ-ron đã chọn bằng một cạnh</translation>
    </message>
    <message>
        <source>Keep this under a name in the list of scenes</source>
        <translation>Giữ lại dưới một cái tên trong danh sách cảnh</translation>
    </message>
    <message>
        <source>Keep training from changing the selected layer, or let it again</source>
        <translation>Không cho việc huấn luyện đổi lớp đã chọn, hoặc cho phép lại</translation>
    </message>
    <message>
        <source>Keep training from changing the selected weights, or let it again</source>
        <translation>Không cho việc huấn luyện đổi các trọng số đã chọn, hoặc cho phép lại</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Phím tắt</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Ngôn ngữ</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Chữ to hơn</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>Bước cuối</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Bài học</translation>
    </message>
    <message>
        <source>Letters as large as in other programs</source>
        <translation>Chữ to như trong các chương trình khác</translation>
    </message>
    <message>
        <source>List every key</source>
        <translation>Liệt kê mọi phím</translation>
    </message>
    <message>
        <source>List everything that can be undone, and go to any of it</source>
        <translation>Liệt kê mọi thứ hoàn tác được, và đi đến bất kỳ chỗ nào trong đó</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Nhìn gần hơn</translation>
    </message>
    <message>
        <source>Make one step: forward, loss, backward, update</source>
        <translation>Đi một bước: tiến, mất mát, lùi, cập nhật</translation>
    </message>
    <message>
        <source>Make the edit again</source>
        <translation>Làm lại lần sửa đó</translation>
    </message>
    <message>
        <source>Make the selected weights and biases 0</source>
        <translation>Cho các trọng số và độ lệch đã chọn bằng 0</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>Bản đồ</translation>
    </message>
    <message>
        <source>More steps a second; a lesson plays faster</source>
        <translation>Nhiều bước hơn mỗi giây; bài học chạy nhanh hơn</translation>
    </message>
    <message>
        <source>Move neurons; a heading: its layer</source>
        <translation>Dời nơ-ron; kéo tiêu đề: dời lớp</translation>
    </message>
    <message>
        <source>Move what is selected</source>
        <translation>Dời thứ đang chọn</translation>
    </message>
    <message>
        <source>Negative edges are dashed</source>
        <translation>Cạnh âm được vẽ nét đứt</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Mới</translation>
    </message>
    <message>
        <source>New for images</source>
        <translation>Mới cho hình</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Gieo lại</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Bước tiếp</translation>
    </message>
    <message>
        <source>On the stage</source>
        <translation>Trên sơ đồ</translation>
    </message>
    <message>
        <source>One more neuron in the selected layer; it starts without a say</source>
        <translation>Thêm một nơ-ron vào lớp đã chọn; lúc đầu nó chưa ảnh hưởng gì</translation>
    </message>
    <message>
        <source>One step is one batch and its update</source>
        <translation>Một bước là một batch và lần cập nhật của nó</translation>
    </message>
    <message>
        <source>One step is one pass over all samples</source>
        <translation>Một bước là một lượt qua mọi mẫu</translation>
    </message>
    <message>
        <source>One step looks at one sample; the update comes after the batch</source>
        <translation>Một bước xem một mẫu; hết batch mới cập nhật</translation>
    </message>
    <message>
        <source>Open a folder of digits…</source>
        <translation>Mở thư mục chữ số…</translation>
    </message>
    <message>
        <source>Open a scene (.json) or a network (.nnsim)</source>
        <translation>Mở một cảnh (.json) hay một mạng (.nnsim)</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Mở tệp…</translation>
    </message>
    <message>
        <source>Open pictures of digits…</source>
        <translation>Mở hình chữ số…</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Mở gần đây</translation>
    </message>
    <message>
        <source>Other random values for the selected weights, as at a start</source>
        <translation>Giá trị ngẫu nhiên khác cho các trọng số đã chọn, như lúc khởi tạo</translation>
    </message>
    <message>
        <source>Paste neurons</source>
        <translation>Dán nơ-ron</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Tạm dừng</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Tự chạy</translation>
    </message>
    <message>
        <source>Put a copy beside each selected neuron; both share its say</source>
        <translation>Đặt một bản sao cạnh mỗi nơ-ron đã chọn; cả hai chia nhau phần ảnh hưởng của nó</translation>
    </message>
    <message>
        <source>Put a picture of the network on the clipboard</source>
        <translation>Đưa hình của mạng vào bảng tạm</translation>
    </message>
    <message>
        <source>Put copies of the remembered neurons into their layer</source>
        <translation>Đặt bản sao của các nơ-ron đã nhớ vào lớp của chúng</translation>
    </message>
    <message>
        <source>Put neurons and layers that were moved back in their places</source>
        <translation>Đưa các nơ-ron và lớp đã dời về lại chỗ của chúng</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Thoát</translation>
    </message>
    <message>
        <source>Randomise</source>
        <translation>Ngẫu nhiên</translation>
    </message>
    <message>
        <source>Re-initialise</source>
        <translation>Khởi tạo lại</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Làm lại</translation>
    </message>
    <message>
        <source>Remember the selected neurons for pasting</source>
        <translation>Nhớ các nơ-ron đã chọn để dán</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Xoá</translation>
    </message>
    <message>
        <source>Remove layer</source>
        <translation>Xoá lớp</translation>
    </message>
    <message>
        <source>Remove the selected neurons and cut the selected edges</source>
        <translation>Xoá các nơ-ron đã chọn và cắt các cạnh đã chọn</translation>
    </message>
    <message>
        <source>Remove the whole layer of the selected neuron</source>
        <translation>Xoá cả lớp của nơ-ron đã chọn</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Đặt lại</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Chạy</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Save as scene…</source>
        <translation>Lưu thành cảnh…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Lưu thành…</translation>
    </message>
    <message>
        <source>Save the network and its weights to a new file</source>
        <translation>Lưu mạng và các trọng số vào một tệp mới</translation>
    </message>
    <message>
        <source>Save the network and its weights to its file</source>
        <translation>Lưu mạng và các trọng số vào tệp của nó</translation>
    </message>
    <message>
        <source>Select all hidden neurons</source>
        <translation>Chọn mọi nơ-ron ẩn</translation>
    </message>
    <message>
        <source>Select every neuron between input and output</source>
        <translation>Chọn mọi nơ-ron nằm giữa đầu vào và đầu ra</translation>
    </message>
    <message>
        <source>Select more neurons</source>
        <translation>Chọn thêm nơ-ron</translation>
    </message>
    <message>
        <source>Select nothing; end a gesture; close a notice</source>
        <translation>Bỏ chọn; dừng thao tác; đóng thông báo</translation>
    </message>
    <message>
        <source>Select one more</source>
        <translation>Chọn thêm một</translation>
    </message>
    <message>
        <source>Select what is inside</source>
        <translation>Chọn mọi thứ bên trong</translation>
    </message>
    <message>
        <source>Set to zero</source>
        <translation>Đặt về 0</translation>
    </message>
    <message>
        <source>Set value…</source>
        <translation>Đặt giá trị…</translation>
    </message>
    <message>
        <source>Set weight, bias or input</source>
        <translation>Đặt trọng số, độ lệch, đầu vào</translation>
    </message>
    <message>
        <source>Set what is selected</source>
        <translation>Đặt số cho thứ đang chọn</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Shift+Enter</translation>
    </message>
    <message>
        <source>Shift+arrows</source>
        <translation>Shift+mũi tên</translation>
    </message>
    <message>
        <source>Shift+click</source>
        <translation>Shift+bấm</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Shift+kéo</translation>
    </message>
    <message>
        <source>Show signs without colour</source>
        <translation>Phân biệt dấu không cần màu</translation>
    </message>
    <message>
        <source>Show the whole network</source>
        <translation>Hiện cả mạng</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Chậm hơn</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Chữ nhỏ hơn</translation>
    </message>
    <message>
        <source>Start again from other random weights</source>
        <translation>Bắt đầu lại từ các trọng số ngẫu nhiên khác</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Bước</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>Lùi ra xa</translation>
    </message>
    <message>
        <source>Step before</source>
        <translation>Bước trước</translation>
    </message>
    <message>
        <source>Step by batch</source>
        <translation>Bước theo batch</translation>
    </message>
    <message>
        <source>Step by epoch</source>
        <translation>Bước theo epoch</translation>
    </message>
    <message>
        <source>Step by sample</source>
        <translation>Bước theo mẫu</translation>
    </message>
    <message>
        <source>Steps of 0.01; Shift: 0.1</source>
        <translation>Từng nấc 0,01; Shift: 0,1</translation>
    </message>
    <message>
        <source>Take the last edit back</source>
        <translation>Bỏ lần sửa vừa rồi</translation>
    </message>
    <message>
        <source>Take the trained weights that ship with this scene</source>
        <translation>Lấy các trọng số đã học đi kèm cảnh này</translation>
    </message>
    <message>
        <source>Take weights of the same shapes from a safetensors file (PyTorch)</source>
        <translation>Lấy trọng số có cùng kích thước từ một tệp safetensors (PyTorch)</translation>
    </message>
    <message>
        <source>Teaching demo</source>
        <translation>Trình diễn</translation>
    </message>
    <message>
        <source>Tell this scene slide by slide on the full screen</source>
        <translation>Kể cảnh này từng trang một trên toàn màn hình</translation>
    </message>
    <message>
        <source>The next step of the lesson; after the last comes the next sample</source>
        <translation>Bước tiếp theo của bài học; sau bước cuối là mẫu kế tiếp</translation>
    </message>
    <message>
        <source>The same in a lesson, whose steps the arrows walk</source>
        <translation>Cũng vậy khi đang ở bài học, nơi mũi tên dùng để đi các bước</translation>
    </message>
    <message>
        <source>The selected weights and biases begin again from their start</source>
        <translation>Các trọng số và độ lệch đã chọn bắt đầu lại từ giá trị ban đầu của chúng</translation>
    </message>
    <message>
        <source>Tidy</source>
        <translation>Xếp gọn</translation>
    </message>
    <message>
        <source>To the beginning of this pass</source>
        <translation>Về đầu lượt này</translation>
    </message>
    <message>
        <source>To the end of this pass</source>
        <translation>Đến cuối lượt này</translation>
    </message>
    <message>
        <source>Train on until paused</source>
        <translation>Học tiếp cho đến khi tạm dừng</translation>
    </message>
    <message>
        <source>Trained weights</source>
        <translation>Trọng số đã học</translation>
    </message>
    <message>
        <source>Type the weight of the selected edge or the bias of the neuron</source>
        <translation>Gõ trọng số của cạnh đã chọn hoặc độ lệch của nơ-ron</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>Update Δw</source>
        <translation>Cập nhật Δw</translation>
    </message>
    <message>
        <source>Use the whole screen</source>
        <translation>Dùng cả màn hình</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>Cỡ chữ bình thường</translation>
    </message>
    <message>
        <source>Walk from neuron to neuron</source>
        <translation>Đi qua lại giữa các nơ-ron</translation>
    </message>
    <message>
        <source>Walk on by itself, step by step</source>
        <translation>Tự đi tiếp, từng bước một</translation>
    </message>
    <message>
        <source>Walk through the next update, operation by operation</source>
        <translation>Đi qua lần cập nhật kế tiếp, từng phép tính một</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Trọng số</translation>
    </message>
    <message>
        <source>What was left unsaved, or was open when nnsim did not end properly</source>
        <translation>Những gì chưa lưu, hoặc còn mở khi nnsim không kết thúc bình thường</translation>
    </message>
    <message>
        <source>Whole legend</source>
        <translation>Chú giải đầy đủ</translation>
    </message>
    <message>
        <source>Write losses and accuracies over the epochs to a CSV file</source>
        <translation>Ghi mất mát và độ chính xác qua các epoch vào tệp CSV</translation>
    </message>
    <message>
        <source>Write the column on the right to a PNG or SVG file</source>
        <translation>Ghi cột bên phải vào tệp PNG hoặc SVG</translation>
    </message>
    <message>
        <source>Write the network as it is shown to a PNG or SVG file</source>
        <translation>Ghi mạng, đúng như đang thấy, vào tệp PNG hoặc SVG</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Phóng to</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Thu nhỏ</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Pictures with the network&apos;s answers</source>
        <translation>Các hình cùng câu trả lời của mạng</translation>
    </message>
    <message>
        <source>What the network says</source>
        <translation>Mạng nói gì</translation>
    </message>
    <message>
        <source>What the network takes each picture for; click one to see it on the stage</source>
        <translation>Mạng cho rằng mỗi hình là gì; bấm vào một hình để xem nó trên sơ đồ</translation>
    </message>
    <message>
        <source>no straight line splits XOR, so this never settles</source>
        <translation>không đường thẳng nào tách được XOR, nên sẽ không bao giờ ổn định</translation>
    </message>
    <message>
        <source>not settled yet</source>
        <translation>chưa ổn định</translation>
    </message>
    <message>
        <source>settled: no sample asks for a correction</source>
        <translation>đã ổn định: không mẫu nào đòi sửa nữa</translation>
    </message>
    <message>
        <source>{right} of {all} right</source>
        <translation>đúng {right} trong {all}</translation>
    </message>
    <message>
        <source>{right} of {all} right that it never learned from</source>
        <translation>đúng {right} trong {all} hình mà nó chưa hề học</translation>
    </message>
</context>
<context>
    <name>Arranger</name>
    <message>
        <source>Arrange</source>
        <translation>Sắp xếp</translation>
    </message>
    <message>
        <source>Tidy</source>
        <translation>Xếp gọn</translation>
    </message>
</context>
<context>
    <name>Autosave</name>
    <message>
        <source>nothing can be written to {folder}</source>
        <translation>không ghi được gì vào {folder}</translation>
    </message>
</context>
<context>
    <name>BoundaryPlot</name>
    <message>
        <source>Background: the network&apos;s answer. Dots: training samples. Rings: validation samples.</source>
        <translation>Nền: câu trả lời của mạng. Chấm: mẫu huấn luyện. Vòng: mẫu kiểm định.</translation>
    </message>
    <message>
        <source>What the network says over its two inputs</source>
        <translation>Mạng nói gì trên hai đầu vào của nó</translation>
    </message>
</context>
<context>
    <name>Buttons</name>
    <message>
        <source>+ Filter</source>
        <translation>+ Bộ lọc</translation>
    </message>
    <message>
        <source>+ Layer</source>
        <translation>+ Lớp</translation>
    </message>
    <message>
        <source>+ Neuron</source>
        <translation>+ Nơ-ron</translation>
    </message>
    <message>
        <source>Add a neuron to this layer; it changes nothing yet</source>
        <translation>Thêm một nơ-ron vào lớp này; nó chưa thay đổi gì</translation>
    </message>
    <message>
        <source>Add neuron</source>
        <translation>Thêm nơ-ron</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Cắt</translation>
    </message>
    <message>
        <source>Cut edge</source>
        <translation>Cắt cạnh</translation>
    </message>
    <message>
        <source>Cut edges</source>
        <translation>Cắt cạnh</translation>
    </message>
    <message>
        <source>Draw the weights anew, as the start does</source>
        <translation>Bốc lại trọng số ngẫu nhiên, như lúc khởi tạo</translation>
    </message>
    <message>
        <source>Insert a layer behind this one (before the output); it begins by passing values on</source>
        <translation>Chèn một lớp sau lớp này (trước đầu ra); lúc đầu nó chỉ chuyển các giá trị đi tiếp</translation>
    </message>
    <message>
        <source>Insert layer</source>
        <translation>Chèn lớp</translation>
    </message>
    <message>
        <source>Random weights</source>
        <translation>Trọng số ngẫu nhiên</translation>
    </message>
    <message>
        <source>Randomise</source>
        <translation>Ngẫu nhiên</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Xoá</translation>
    </message>
    <message>
        <source>Remove neuron</source>
        <translation>Xoá nơ-ron</translation>
    </message>
    <message>
        <source>Remove neurons</source>
        <translation>Xoá nơ-ron</translation>
    </message>
    <message>
        <source>Set the weights to 0</source>
        <translation>Đặt các trọng số về 0</translation>
    </message>
    <message>
        <source>Take the edge out of the network</source>
        <translation>Bỏ cạnh này khỏi mạng</translation>
    </message>
    <message>
        <source>Take these neurons out; the others keep their weights</source>
        <translation>Bỏ các nơ-ron này; những nơ-ron khác giữ nguyên trọng số</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>Về 0</translation>
    </message>
    <message>
        <source>Zero weights</source>
        <translation>Trọng số về 0</translation>
    </message>
</context>
<context>
    <name>ClassAccuracy</name>
    <message>
        <source> · the weakest</source>
        <translation> · yếu nhất</translation>
    </message>
    <message>
        <source>Accuracy by digit</source>
        <translation>Độ chính xác từng số</translation>
    </message>
    <message>
        <source>How many of each digit are read rightly</source>
        <translation>Mỗi chữ số được đọc đúng bao nhiêu lần</translation>
    </message>
    <message>
        <source>weakest</source>
        <translation>yếu nhất</translation>
    </message>
    <message>
        <source>{name}: none examined</source>
        <translation>{name}: chưa kiểm tra hình nào</translation>
    </message>
    <message>
        <source>{name}: {right} of {all} read rightly, {share}</source>
        <translation>{name}: đọc đúng {right} trong {all}, {share}</translation>
    </message>
</context>
<context>
    <name>Classes</name>
    <message>
        <source>circle</source>
        <translation>tròn</translation>
    </message>
    <message>
        <source>corner</source>
        <translation>góc</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>cộng</translation>
    </message>
    <message>
        <source>line</source>
        <translation>thẳng</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Ma trận nhầm lẫn</translation>
    </message>
    <message>
        <source>Nothing examined yet.</source>
        <translation>Chưa kiểm tra gì.</translation>
    </message>
    <message>
        <source>Rows are the true digits, columns the network&apos;s answers. Click a cell to see its digits.</source>
        <translation>Hàng là chữ số thật, cột là câu trả lời của mạng. Bấm vào một ô để xem các chữ số của nó.</translation>
    </message>
    <message>
        <source>{label} read as {answer}: {found} of {all}</source>
        <translation>{label} đọc thành {answer}: {found} trong {all}</translation>
    </message>
    <message>
        <source>{label} read rightly: {found} of {all}</source>
        <translation>{label} được đọc đúng: {found} trong {all}</translation>
    </message>
    <message>
        <source>{right} of {all} read rightly</source>
        <translation>Đọc đúng {right} trong {all}</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>Curve: the network&apos;s answer. Dots: training samples. Rings: validation samples.</source>
        <translation>Đường cong: câu trả lời của mạng. Chấm: mẫu huấn luyện. Vòng: mẫu kiểm định.</translation>
    </message>
    <message>
        <source>What the network says along its input</source>
        <translation>Mạng nói gì dọc theo đầu vào của nó</translation>
    </message>
</context>
<context>
    <name>DataPanel</name>
    <message>
        <source>Data</source>
        <translation>Dữ liệu</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Tập dữ liệu</translation>
    </message>
    <message>
        <source>How far numbers stray from where they belong</source>
        <translation>Các số lệch khỏi chỗ đúng của chúng bao xa</translation>
    </message>
    <message>
        <source>How many samples are made</source>
        <translation>Tạo ra bao nhiêu mẫu</translation>
    </message>
    <message>
        <source>My digits</source>
        <translation>Số tôi vẽ</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Nhiễu</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Mẫu</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Số mẫu</translation>
    </message>
    <message>
        <source>Share of the samples kept back: the network never trains on them</source>
        <translation>Phần mẫu được giữ riêng: mạng không bao giờ học từ chúng</translation>
    </message>
    <message>
        <source>The sample that lights up the network</source>
        <translation>Mẫu đang thắp sáng mạng</translation>
    </message>
    <message>
        <source>Train on the drawings that you have kept, too</source>
        <translation>Học cả những hình vẽ mà bạn đã giữ lại</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Kiểm định</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>Phần kiểm định</translation>
    </message>
    <message>
        <source>What the network learns from</source>
        <translation>Mạng học từ gì</translation>
    </message>
    <message>
        <source>follow training</source>
        <translation>theo huấn luyện</translation>
    </message>
    <message>
        <source>train on them, too</source>
        <translation>học cả chúng</translation>
    </message>
    <message>
        <source>{name}: the first {train} are here, the rest is coming</source>
        <translation>{name}: {train} mẫu đầu đã có, phần còn lại đang đến</translation>
    </message>
    <message>
        <source>{name}: {train} to learn from</source>
        <translation>{name}: {train} để học</translation>
    </message>
    <message>
        <source>{name}: {train} to learn from, {test} to test</source>
        <translation>{name}: {train} để học, {test} để kiểm tra</translation>
    </message>
    <message>
        <source>{number}: ({x}) → {y}</source>
        <translation>{number}: ({x}) → {y}</translation>
    </message>
</context>
<context>
    <name>DemoWindow</name>
    <message>
        <source>Predict first</source>
        <translation>Đoán trước đã</translation>
    </message>
    <message>
        <source>The network learns …</source>
        <translation>Mạng đang học …</translation>
    </message>
    <message>
        <source>Watch it learn</source>
        <translation>Xem nó học</translation>
    </message>
    <message>
        <source>What the slide says</source>
        <translation>Lời của trang này</translation>
    </message>
    <message>
        <source>{place} of {all}</source>
        <translation>{place}/{all}</translation>
    </message>
    <message>
        <source>→ or Space goes on, ← goes back, Esc ends the demo</source>
        <translation>→ hoặc Space để đi tiếp, ← để lùi lại, Esc để kết thúc trình diễn</translation>
    </message>
</context>
<context>
    <name>DigitsColumn</name>
    <message>
        <source>Draw</source>
        <translation>Vẽ</translation>
    </message>
    <message>
        <source>Draw a digit, see it read, and teach it</source>
        <translation>Vẽ một chữ số, xem mạng đọc, và dạy nó</translation>
    </message>
    <message>
        <source>How the network does on digits that it was never trained on</source>
        <translation>Mạng đọc thế nào với những chữ số mà nó chưa hề học</translation>
    </message>
    <message>
        <source>Loss and accuracy over the epochs</source>
        <translation>Mất mát và độ chính xác qua các epoch</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Dự đoán</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Kiểm tra</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Huấn luyện</translation>
    </message>
</context>
<context>
    <name>DigitsDesk</name>
    <message>
        <source>No mistakes among these digits: every one is read right.</source>
        <translation>Trong các chữ số này không có lỗi nào: số nào cũng được đọc đúng.</translation>
    </message>
    <message>
        <source>The output is not computed yet.</source>
        <translation>Chưa tính đến đầu ra.</translation>
    </message>
    <message>
        <source>Training sample {number}</source>
        <translation>Mẫu huấn luyện {number}</translation>
    </message>
</context>
<context>
    <name>Download</name>
    <message>
        <source>Another window is fetching MNIST already. Wait until it is done.</source>
        <translation>Một cửa sổ khác đang tải MNIST rồi. Hãy chờ nó tải xong.</translation>
    </message>
    <message>
        <source>MNIST could not be fetched: {reasons}. You can train on generated digits meanwhile, or put the four files into {folder}.</source>
        <translation>Không tải được MNIST: {reasons}. Trong lúc này bạn có thể huấn luyện với các chữ số máy tạo, hoặc đặt bốn tệp vào {folder}.</translation>
    </message>
    <message>
        <source>MNIST could not be written to {folder}: {reason}. Check that you may write there.</source>
        <translation>Không ghi được MNIST vào {folder}: {reason}. Hãy xem bạn có được phép ghi ở đó không.</translation>
    </message>
    <message>
        <source>The disk that holds {folder} is full; MNIST needs {size} MB there. Free some space, then try again: what has arrived is kept.</source>
        <translation>Đĩa chứa {folder} đã đầy; MNIST cần {size} MB ở đó. Hãy dọn bớt chỗ rồi thử lại: phần đã về vẫn được giữ.</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>nó không trả lời</translation>
    </message>
    <message>
        <source>it does not have the file</source>
        <translation>nó không có tệp này</translation>
    </message>
    <message>
        <source>it redirects to an unprotected address</source>
        <translation>nó chuyển hướng đến một địa chỉ không được bảo vệ</translation>
    </message>
    <message>
        <source>it redirects without end</source>
        <translation>nó chuyển hướng mãi không dứt</translation>
    </message>
    <message>
        <source>it sends next to nothing</source>
        <translation>nó gửi về gần như không được gì</translation>
    </message>
    <message>
        <source>it sends something other than MNIST</source>
        <translation>thứ nó gửi về không phải là MNIST</translation>
    </message>
    <message>
        <source>no connection to {hosts}</source>
        <translation>không kết nối được với {hosts}</translation>
    </message>
    <message>
        <source>no protected connection could be made</source>
        <translation>không tạo được kết nối bảo mật</translation>
    </message>
    <message>
        <source>the connection breaks off</source>
        <translation>kết nối bị đứt</translation>
    </message>
</context>
<context>
    <name>DownloadCard</name>
    <message>
        <source>Cancel</source>
        <translation>Huỷ</translation>
    </message>
    <message>
        <source>Cancel fetching MNIST</source>
        <translation>Huỷ tải MNIST</translation>
    </message>
    <message>
        <source>Fetch the {size} MB from a public mirror; training goes on meanwhile</source>
        <translation>Tải {size} MB từ một máy chủ công cộng; trong lúc đó việc huấn luyện vẫn tiếp tục</translation>
    </message>
    <message>
        <source>Get MNIST</source>
        <translation>Tải MNIST</translation>
    </message>
    <message>
        <source>Go on fetching</source>
        <translation>Tải tiếp</translation>
    </message>
    <message>
        <source>MNIST is here.</source>
        <translation>MNIST đã về.</translation>
    </message>
    <message>
        <source>Progress of fetching MNIST</source>
        <translation>Tiến độ tải MNIST</translation>
    </message>
    <message>
        <source>Real MNIST</source>
        <translation>MNIST thật</translation>
    </message>
    <message>
        <source>Stop fetching; what has arrived is kept</source>
        <translation>Dừng tải; phần đã về được giữ lại</translation>
    </message>
    <message>
        <source>Stopped. {received} of {total} MB are kept.</source>
        <translation>Đã dừng. Giữ lại {received} trong {total} MB.</translation>
    </message>
    <message>
        <source>These are generated digits. The real MNIST: {count} handwritten digits, {size} MB.</source>
        <translation>Đây là các chữ số do máy tạo. MNIST thật: {count} chữ số viết tay, {size} MB.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>{received} of {total} MB</source>
        <translation>{received} trong {total} MB</translation>
    </message>
</context>
<context>
    <name>DrawBoard</name>
    <message>
        <source>Clear</source>
        <translation>Xoá hết</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>Vẽ một chữ số</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Sáng/tối</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>What the network sees</source>
        <translation>Mạng thấy gì</translation>
    </message>
</context>
<context>
    <name>DrawPanel</name>
    <message>
        <source>Centre like MNIST</source>
        <translation>Căn giữa như MNIST</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>Vẽ một chữ số</translation>
    </message>
    <message>
        <source>MNIST&apos;s digits were scaled to 20 × 20 pixels and moved until their centre of mass was in the middle. Switch it off, draw in a corner, and see what the network makes of it.</source>
        <translation>Các chữ số của MNIST được thu về 20 × 20 điểm ảnh rồi dời cho đến khi trọng tâm nằm ở giữa. Hãy tắt đi, vẽ vào một góc, và xem mạng đọc ra sao.</translation>
    </message>
    <message>
        <source>Mistake</source>
        <translation>Lỗi</translation>
    </message>
    <message>
        <source>Next mistake</source>
        <translation>Lỗi kế tiếp</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Bất kỳ</translation>
    </message>
    <message>
        <source>Random test digit</source>
        <translation>Số kiểm tra bất kỳ</translation>
    </message>
    <message>
        <source>Take a digit that was not trained on</source>
        <translation>Lấy một chữ số không dùng để huấn luyện</translation>
    </message>
    <message>
        <source>Take the next test digit that the network gets wrong</source>
        <translation>Lấy chữ số kiểm tra kế tiếp mà mạng đọc sai</translation>
    </message>
    <message>
        <source>Which digits to take</source>
        <translation>Lấy chữ số nào</translation>
    </message>
    <message>
        <source>Which digits to take from the dataset</source>
        <translation>Lấy chữ số nào từ tập dữ liệu</translation>
    </message>
    <message>
        <source>any</source>
        <translation>mọi số</translation>
    </message>
</context>
<context>
    <name>DrawingCanvas</name>
    <message>
        <source>0 to 9, large</source>
        <translation>0 đến 9, thật to</translation>
    </message>
    <message>
        <source>An example: draw your own</source>
        <translation>Ví dụ thôi: bạn hãy tự vẽ</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>Vẽ một chữ số</translation>
    </message>
    <message>
        <source>Draw a digit. Arrow keys move the pen, Space sets it down or lifts it, Delete clears.</source>
        <translation>Hãy vẽ một chữ số. Phím mũi tên dời bút, Space đặt bút xuống hoặc nhấc lên, Delete xoá hết.</translation>
    </message>
    <message>
        <source>Drawing canvas</source>
        <translation>Khung vẽ</translation>
    </message>
    <message>
        <source>From the dataset, labelled {label}</source>
        <translation>Từ tập dữ liệu, nhãn {label}</translation>
    </message>
</context>
<context>
    <name>DrawingTools</name>
    <message>
        <source>Clear</source>
        <translation>Xoá hết</translation>
    </message>
    <message>
        <source>Draw it again (Ctrl+Shift+Z)</source>
        <translation>Vẽ lại nét đó (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Tẩy</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Dán hình</translation>
    </message>
    <message>
        <source>Pen: {width}</source>
        <translation>Bút: {width}</translation>
    </message>
    <message>
        <source>Put the clipboard&apos;s picture on the canvas (Ctrl+V); files can be dropped on it</source>
        <translation>Đặt hình trong bảng tạm lên khung vẽ (Ctrl+V); cũng có thể thả tệp vào đó</translation>
    </message>
    <message>
        <source>Redo stroke</source>
        <translation>Làm lại nét</translation>
    </message>
    <message>
        <source>Take back the last stroke (Ctrl+Z)</source>
        <translation>Bỏ nét vừa vẽ (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Take everything off the canvas (Delete)</source>
        <translation>Xoá mọi thứ trên khung vẽ (Delete)</translation>
    </message>
    <message>
        <source>Take ink away (the right mouse button does, too)</source>
        <translation>Xoá bớt mực (nút chuột phải cũng xoá được)</translation>
    </message>
    <message>
        <source>Undo stroke</source>
        <translation>Hoàn tác nét</translation>
    </message>
    <message>
        <source>Width of the pen: {width}. A click takes the next.</source>
        <translation>Bề rộng của bút: {width}. Bấm để đổi sang cỡ kế tiếp.</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>vừa</translation>
    </message>
    <message>
        <source>thick</source>
        <translation>dày</translation>
    </message>
    <message>
        <source>thin</source>
        <translation>mảnh</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>A layer has 1 to {largest_layer} neurons, not {units}. Choose another number.</source>
        <translation>Một lớp có từ 1 đến {largest_layer} nơ-ron, không phải {units}. Hãy chọn số khác.</translation>
    </message>
    <message>
        <source>A network has at most {most_layers} layers. Remove one before adding another.</source>
        <translation>Một mạng có nhiều nhất {most_layers} lớp. Hãy xoá một lớp trước khi thêm lớp khác.</translation>
    </message>
    <message>
        <source>Another layer is called {name} already. Choose another name.</source>
        <translation>Đã có lớp khác tên {name}. Hãy chọn tên khác.</translation>
    </message>
    <message>
        <source>Connections run forwards only, from the input towards the output. Start at the earlier layer.</source>
        <translation>Kết nối chỉ đi về phía trước, từ đầu vào đến đầu ra. Hãy bắt đầu từ lớp đứng trước.</translation>
    </message>
    <message>
        <source>Layer {destination} would be fed by nothing. Connect it with another layer first, or remove single edges.</source>
        <translation>Lớp {destination} sẽ không còn nhận gì. Hãy nối nó với một lớp khác trước, hoặc chỉ cắt từng cạnh.</translation>
    </message>
    <message>
        <source>Layer {layer} has no {name} that could be changed.</source>
        <translation>Lớp {layer} không có {name} nào để đổi.</translation>
    </message>
    <message>
        <source>Layer {layer} has no {unknown} that could be changed.</source>
        <translation>Lớp {layer} không có {unknown} nào để đổi.</translation>
    </message>
    <message>
        <source>Layers {source} and {destination} are already connected.</source>
        <translation>Lớp {source} và lớp {destination} đã nối với nhau rồi.</translation>
    </message>
    <message>
        <source>Layers {source} and {destination} are not connected, so nothing lies between.</source>
        <translation>Lớp {source} và lớp {destination} không nối với nhau, nên ở giữa không có gì.</translation>
    </message>
    <message>
        <source>Layers {source} and {destination} are not connected.</source>
        <translation>Lớp {source} và lớp {destination} không nối với nhau.</translation>
    </message>
    <message>
        <source>Layers {source} and {layer} are not connected.</source>
        <translation>Lớp {source} và lớp {layer} không nối với nhau.</translation>
    </message>
    <message>
        <source>Layers {source} and {layer} are too large to be joined by a single edge. Connect the whole layers instead.</source>
        <translation>Lớp {source} và lớp {layer} quá lớn để nối bằng một cạnh riêng. Hãy nối cả hai lớp.</translation>
    </message>
    <message>
        <source>MNIST is not on this machine; name its folder with --data DIR or NNSIM_DATA_DIR</source>
        <translation>máy này không có MNIST; hãy chỉ ra thư mục của nó bằng --data DIR hoặc NNSIM_DATA_DIR</translation>
    </message>
    <message>
        <source>Neurons of one layer cannot be connected. End at a later layer.</source>
        <translation>Không nối được hai nơ-ron cùng lớp. Hãy kết thúc ở một lớp đứng sau.</translation>
    </message>
    <message>
        <source>No edge is chosen. Select one first.</source>
        <translation>Chưa chọn cạnh nào. Hãy chọn một cạnh trước.</translation>
    </message>
    <message>
        <source>No neuron is chosen. Select one first.</source>
        <translation>Chưa chọn nơ-ron nào. Hãy chọn một nơ-ron trước.</translation>
    </message>
    <message>
        <source>Nothing runs into the input: the data stands there. End at a later layer.</source>
        <translation>Không gì đi vào lớp vào được: ở đó là dữ liệu. Hãy kết thúc ở một lớp đứng sau.</translation>
    </message>
    <message>
        <source>That does not fit. {layer}: {problem}.</source>
        <translation>Không khớp. {layer}: {problem}.</translation>
    </message>
    <message>
        <source>That does not fit. {layer}: {setting} {problem}.</source>
        <translation>Không khớp. {layer}: {setting} {problem}.</translation>
    </message>
    <message>
        <source>The data decides the inputs. Choose other data to change them.</source>
        <translation>Dữ liệu quyết định các đầu vào. Muốn đổi, hãy chọn dữ liệu khác.</translation>
    </message>
    <message>
        <source>The data decides the outputs. Choose other data to change them.</source>
        <translation>Dữ liệu quyết định các đầu ra. Muốn đổi, hãy chọn dữ liệu khác.</translation>
    </message>
    <message>
        <source>The edges into {name} have no weights of their own: they cannot be cut, joined or frozen one by one. Change the whole filter or layer.</source>
        <translation>Các cạnh vào {name} không có trọng số riêng: không thể cắt, nối hay đóng băng từng cạnh. Hãy đổi cả bộ lọc hoặc cả lớp.</translation>
    </message>
    <message>
        <source>The input only shows the data and computes nothing. Choose another layer.</source>
        <translation>Lớp vào chỉ cho thấy dữ liệu, không tính gì cả. Hãy chọn lớp khác.</translation>
    </message>
    <message>
        <source>The network would have {weights} weights; at most {most_parameters} are possible. Remove neurons or connections first.</source>
        <translation>Mạng sẽ có {weights} trọng số; nhiều nhất chỉ được {most_parameters}. Hãy bớt nơ-ron hoặc kết nối trước.</translation>
    </message>
    <message>
        <source>The output would be an image. End in a dense layer.</source>
        <translation>Đầu ra sẽ là một tấm hình. Hãy kết thúc bằng một lớp dày đặc.</translation>
    </message>
    <message>
        <source>There is no activation {activation}; {allowed}.</source>
        <translation>Không có hàm kích hoạt {activation}; {allowed}.</translation>
    </message>
    <message>
        <source>There is no activation {kind}; {allowed}.</source>
        <translation>Không có hàm kích hoạt {kind}; {allowed}.</translation>
    </message>
    <message>
        <source>There is no kind of layer {kind} to insert; {allowed}.</source>
        <translation>Không có kiểu lớp {kind} để chèn; {allowed}.</translation>
    </message>
    <message>
        <source>There is no layer {layer} in this network. Its last is {last}.</source>
        <translation>Mạng này không có lớp {layer}. Lớp cuối là {last}.</translation>
    </message>
    <message>
        <source>There is no neuron {unit} in layer {layer}; it has {size}.</source>
        <translation>Lớp {layer} không có nơ-ron {unit}; nó có {size} nơ-ron.</translation>
    </message>
    <message>
        <source>There is no place {at} in layer {layer}, which has {units} neurons.</source>
        <translation>Không có chỗ {at} trong lớp {layer}, lớp này có {units} nơ-ron.</translation>
    </message>
    <message>
        <source>These two neurons are already connected.</source>
        <translation>Hai nơ-ron này đã nối với nhau rồi.</translation>
    </message>
    <message>
        <source>a concatenation has no input; allowed: at least 1</source>
        <translation>phép ghép không có đầu vào; cho phép: ít nhất 1</translation>
    </message>
    <message>
        <source>a convolution</source>
        <translation>tích chập</translation>
    </message>
    <message>
        <source>a flatten layer</source>
        <translation>lớp trải phẳng</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>danh sách</translation>
    </message>
    <message>
        <source>a max pool</source>
        <translation>gộp lấy lớn nhất</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>một số</translation>
    </message>
    <message>
        <source>a scene&apos;s name needs a letter or a digit</source>
        <translation>tên cảnh cần có một chữ cái hoặc chữ số</translation>
    </message>
    <message>
        <source>above {low} and at most {high}</source>
        <translation>trên {low} và nhiều nhất {high}</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>kích hoạt</translation>
    </message>
    <message>
        <source>allowed: {names}</source>
        <translation>cho phép: {names}</translation>
    </message>
    <message>
        <source>an activation</source>
        <translation>hàm kích hoạt</translation>
    </message>
    <message>
        <source>an addition has no input; allowed: at least 1</source>
        <translation>phép cộng không có đầu vào; cho phép: ít nhất 1</translation>
    </message>
    <message>
        <source>an average pool</source>
        <translation>gộp lấy trung bình</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>một đối tượng</translation>
    </message>
    <message>
        <source>announces {sizes} bytes; allowed: 1 to {largest}</source>
        <translation>báo có {sizes} byte; cho phép: 1 đến {largest}</translation>
    </message>
    <message>
        <source>announces {total} bytes, far more than so small a file holds; {again}</source>
        <translation>báo có {total} byte, nhiều hơn hẳn một tệp nhỏ như thế chứa được; {again}</translation>
    </message>
    <message>
        <source>batch normalisation</source>
        <translation>chuẩn hoá theo batch</translation>
    </message>
    <message>
        <source>cannot open {name}: {cause}</source>
        <translation>không mở được {name}: {cause}</translation>
    </message>
    <message>
        <source>changes images of digits, and this scene has none; leave it out, or train mnist</source>
        <translation>biến đổi hình chữ số, mà cảnh này không có; hãy bỏ nó đi, hoặc huấn luyện mnist</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>số kênh</translation>
    </message>
    <message>
        <source>does not hold images of digits with their labels</source>
        <translation>không chứa hình chữ số kèm nhãn</translation>
    </message>
    <message>
        <source>download it again or take it away</source>
        <translation>hãy tải lại hoặc dời nó đi</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>dropout</translation>
    </message>
    <message>
        <source>from {low} to {high}</source>
        <translation>từ {low} đến {high}</translation>
    </message>
    <message>
        <source>function</source>
        <translation>hàm</translation>
    </message>
    <message>
        <source>goes on behind the {size} bytes that it announces; {again}</source>
        <translation>còn tiếp sau {size} byte mà nó báo; {again}</translation>
    </message>
    <message>
        <source>group normalisation</source>
        <translation>chuẩn hoá theo nhóm</translation>
    </message>
    <message>
        <source>groups</source>
        <translation>số nhóm</translation>
    </message>
    <message>
        <source>has shape {found}; allowed: {wanted}</source>
        <translation>có dạng {found}; cho phép: {wanted}</translation>
    </message>
    <message>
        <source>has shape {found}; this network needs {wanted} for {name}</source>
        <translation>có dạng {found}; mạng này cần {wanted} cho {name}</translation>
    </message>
    <message>
        <source>has too few layers; allowed: an input and at least one dense layer</source>
        <translation>có quá ít lớp; cho phép: một lớp vào và ít nhất một lớp dày đặc</translation>
    </message>
    <message>
        <source>has too many inputs; allowed: at most {largest_layer}</source>
        <translation>có quá nhiều đầu vào; cho phép: nhiều nhất {largest_layer}</translation>
    </message>
    <message>
        <source>has {count} items; allowed: at most {longest}</source>
        <translation>có {count} mục; cho phép: nhiều nhất {longest}</translation>
    </message>
    <message>
        <source>has {count} items; allowed: {wanted}, layer, unit, dx and dy</source>
        <translation>có {count} mục; cho phép: {wanted} mục, là layer, unit, dx và dy</translation>
    </message>
    <message>
        <source>has {count} languages; allowed: at most {most_languages}</source>
        <translation>có {count} ngôn ngữ; cho phép: nhiều nhất {most_languages}</translation>
    </message>
    <message>
        <source>has {count} numbers, the first row has {wanted}</source>
        <translation>có {count} số, hàng đầu có {wanted} số</translation>
    </message>
    <message>
        <source>has {count} numbers; allowed: 2, or one for both</source>
        <translation>có {count} số; cho phép: 2, hoặc một số cho cả hai</translation>
    </message>
    <message>
        <source>has {count} rows, x has {wanted}</source>
        <translation>có {count} hàng, còn x có {wanted} hàng</translation>
    </message>
    <message>
        <source>has {edges} removed and frozen edges, more than a file can hold; put some back</source>
        <translation>có {edges} cạnh bị cắt hoặc đóng băng, nhiều hơn một tệp chứa được; hãy trả lại bớt</translation>
    </message>
    <message>
        <source>has {units} inputs; allowed: {features}, as the data has</source>
        <translation>có {units} đầu vào; cho phép: {features}, như dữ liệu</translation>
    </message>
    <message>
        <source>has {units} inputs; allowed: {inputs}, as the data has</source>
        <translation>có {units} đầu vào; cho phép: {inputs}, như dữ liệu</translation>
    </message>
    <message>
        <source>has {weights} weights; allowed: at most {most_parameters}</source>
        <translation>có {weights} trọng số; cho phép: nhiều nhất {most_parameters}</translation>
    </message>
    <message>
        <source>holds half a character (an unpaired surrogate)</source>
        <translation>chứa nửa ký tự (một surrogate lẻ)</translation>
    </message>
    <message>
        <source>holds images of {height} × {width} pixels; allowed: {side} × {side}</source>
        <translation>chứa hình {height} × {width} điểm ảnh; cho phép: {side} × {side}</translation>
    </message>
    <message>
        <source>holds numbers of IDX type {magic}; allowed: 8, unsigned bytes</source>
        <translation>chứa số kiểu IDX {magic}; cho phép: 8, byte không dấu</translation>
    </message>
    <message>
        <source>holds numbers that are not finite</source>
        <translation>chứa những số không hữu hạn</translation>
    </message>
    <message>
        <source>holds numbers that are not finite in float32</source>
        <translation>chứa những số không hữu hạn trong float32</translation>
    </message>
    <message>
        <source>holds other numbers; allowed in a classification: 0 and 1</source>
        <translation>chứa những số khác; trong phân loại chỉ cho phép: 0 và 1</translation>
    </message>
    <message>
        <source>holds the label {label}; allowed: 0 to {last}</source>
        <translation>chứa nhãn {label}; cho phép: 0 đến {last}</translation>
    </message>
    <message>
        <source>holds {found} where {wanted} are expected</source>
        <translation>chứa {found} ở chỗ lẽ ra là {wanted}</translation>
    </message>
    <message>
        <source>holds {kind}; allowed: {kinds}</source>
        <translation>chứa {kind}; cho phép: {kinds}</translation>
    </message>
    <message>
        <source>holds {most_own_digits} digits, as many as are kept; forget some first</source>
        <translation>đã chứa {most_own_digits} chữ số, nhiều nhất được giữ; hãy bỏ bớt trước</translation>
    </message>
    <message>
        <source>images (3 dimensions)</source>
        <translation>hình (3 chiều)</translation>
    </message>
    <message>
        <source>instance normalisation</source>
        <translation>chuẩn hoá theo từng mẫu</translation>
    </message>
    <message>
        <source>is cut off: {filled} of the {count} bytes that it announces; {again}</source>
        <translation>bị cụt: mới có {filled} trong {count} byte mà nó báo; {again}</translation>
    </message>
    <message>
        <source>is cut off; {again}</source>
        <translation>bị cụt; {again}</translation>
    </message>
    <message>
        <source>is damaged, or something else than digits</source>
        <translation>bị hỏng, hoặc không phải chữ số</translation>
    </message>
    <message>
        <source>is damaged: it cannot be unpacked; {again}</source>
        <translation>bị hỏng: không giải nén được; {again}</translation>
    </message>
    <message>
        <source>is empty; allowed: 1 to 3 sizes</source>
        <translation>trống; cho phép: 1 đến 3 kích thước</translation>
    </message>
    <message>
        <source>is empty; allowed: at least one row</source>
        <translation>trống; cho phép: ít nhất một hàng</translation>
    </message>
    <message>
        <source>is empty; allowed: one number for each input or target</source>
        <translation>trống; cho phép: mỗi đầu vào hoặc đích một số</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>bị thiếu</translation>
    </message>
    <message>
        <source>is no language; allowed: codes such as en, vi, pt-BR</source>
        <translation>không phải ngôn ngữ; cho phép: các mã như en, vi, pt-BR</translation>
    </message>
    <message>
        <source>is not an IDX file; {again}</source>
        <translation>không phải tệp IDX; {again}</translation>
    </message>
    <message>
        <source>is not known here; {allowed}</source>
        <translation>không có ở đây; {allowed}</translation>
    </message>
    <message>
        <source>is out of range; allowed: {allowed}</source>
        <translation>ngoài khoảng; cho phép: {allowed}</translation>
    </message>
    <message>
        <source>is softmax over an image of {shape}; allowed: softmax over features</source>
        <translation>là softmax trên tấm hình {shape}; cho phép: softmax trên các đặc trưng</translation>
    </message>
    <message>
        <source>is softmax over an image; allowed: {allowed}</source>
        <translation>là softmax trên một tấm hình; cho phép: {allowed}</translation>
    </message>
    <message>
        <source>is too large; allowed: at most {largest_number} either side of 0</source>
        <translation>quá lớn; cho phép: nhiều nhất {largest_number} về mỗi phía của 0</translation>
    </message>
    <message>
        <source>is {found}; allowed: {wanted}, as the data has outputs</source>
        <translation>là {found}; cho phép: {wanted}, bằng số đầu ra của dữ liệu</translation>
    </message>
    <message>
        <source>is {groups}, which does not divide {channels}; allowed: {allowed}</source>
        <translation>là {groups}, không chia hết {channels}; cho phép: {allowed}</translation>
    </message>
    <message>
        <source>is {padding}, more than half of a window of {size}; allowed: at most {most}</source>
        <translation>là {padding}, quá nửa cửa sổ {size}; cho phép: nhiều nhất {most}</translation>
    </message>
    <message>
        <source>is {size} high, and its image only {most}; allowed: 1 to {most}</source>
        <translation>cao {size}, mà hình chỉ cao {most}; cho phép: 1 đến {most}</translation>
    </message>
    <message>
        <source>is {size} high, and its image with a padding of {padding} only {most}; allowed: 1 to {most}</source>
        <translation>cao {size}, mà hình với padding {padding} chỉ cao {most}; cho phép: 1 đến {most}</translation>
    </message>
    <message>
        <source>is {size} wide, and its image only {most}; allowed: 1 to {most}</source>
        <translation>rộng {size}, mà hình chỉ rộng {most}; cho phép: 1 đến {most}</translation>
    </message>
    <message>
        <source>is {size} wide, and its image with a padding of {padding} only {most}; allowed: 1 to {most}</source>
        <translation>rộng {size}, mà hình với padding {padding} chỉ rộng {most}; cho phép: 1 đến {most}</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>cỡ cửa sổ</translation>
    </message>
    <message>
        <source>labels (1 dimension)</source>
        <translation>nhãn (1 chiều)</translation>
    </message>
    <message>
        <source>lacks {names} (or the same with .gz)</source>
        <translation>thiếu {names} (hoặc cùng tên kèm .gz)</translation>
    </message>
    <message>
        <source>lacks {name} (or the same with .gz)</source>
        <translation>thiếu {name} (hoặc cùng tên kèm .gz)</translation>
    </message>
    <message>
        <source>layer normalisation</source>
        <translation>chuẩn hoá theo lớp</translation>
    </message>
    <message>
        <source>layer {layer} has no channel {channel}; allowed: 0 to {last}</source>
        <translation>lớp {layer} không có kênh {channel}; cho phép: 0 đến {last}</translation>
    </message>
    <message>
        <source>layer {layer} has no channels: it is no image</source>
        <translation>lớp {layer} không có kênh: nó không phải hình</translation>
    </message>
    <message>
        <source>layer {layer} has no pixel {place}; allowed: below {sizes}</source>
        <translation>lớp {layer} không có điểm ảnh {place}; cho phép: dưới {sizes}</translation>
    </message>
    <message>
        <source>layer {layer} has no unit {unit}; allowed: 0 to {last}</source>
        <translation>lớp {layer} không có nơ-ron {unit}; cho phép: 0 đến {last}</translation>
    </message>
    <message>
        <source>layer {layer} has no {role}</source>
        <translation>lớp {layer} không có {role}</translation>
    </message>
    <message>
        <source>layer {name} has no connection into it</source>
        <translation>không kết nối nào đi vào lớp {name}</translation>
    </message>
    <message>
        <source>layers {source_layer} and {layer} are not connected</source>
        <translation>lớp {source_layer} và lớp {layer} không nối với nhau</translation>
    </message>
    <message>
        <source>layers {source} and {layer} are not connected by weights of their own</source>
        <translation>lớp {source} và lớp {layer} không nối với nhau bằng trọng số riêng</translation>
    </message>
    <message>
        <source>moves what another entry moves already; allowed: one entry for each</source>
        <translation>dời thứ mà mục khác đã dời; cho phép: mỗi thứ một mục</translation>
    </message>
    <message>
        <source>must be [layer, unit], [source layer, source unit, layer, unit] or []</source>
        <translation>phải là [lớp, nơ-ron], [lớp nguồn, nơ-ron nguồn, lớp, nơ-ron] hoặc []</translation>
    </message>
    <message>
        <source>must be [source layer, destination layer]</source>
        <translation>phải là [lớp nguồn, lớp đích]</translation>
    </message>
    <message>
        <source>must be [source layer, source unit, layer, unit]</source>
        <translation>phải là [lớp nguồn, nơ-ron nguồn, lớp, nơ-ron]</translation>
    </message>
    <message>
        <source>must be a finite number</source>
        <translation>phải là một số hữu hạn</translation>
    </message>
    <message>
        <source>must be a list, not {found}</source>
        <translation>phải là danh sách, không phải {found}</translation>
    </message>
    <message>
        <source>must be a number, not {found}</source>
        <translation>phải là số, không phải {found}</translation>
    </message>
    <message>
        <source>must be a regular list of numbers</source>
        <translation>phải là danh sách số đều đặn</translation>
    </message>
    <message>
        <source>must be a whole number, not {found}</source>
        <translation>phải là số nguyên, không phải {found}</translation>
    </message>
    <message>
        <source>must be an object with a kind</source>
        <translation>phải là đối tượng có kind</translation>
    </message>
    <message>
        <source>must be an object, not {found}</source>
        <translation>phải là đối tượng, không phải {found}</translation>
    </message>
    <message>
        <source>must be float32 of shape {shape}</source>
        <translation>phải là float32 có dạng {shape}</translation>
    </message>
    <message>
        <source>must be path=value, such as training.optimizer.learning_rate=0.1</source>
        <translation>phải là đường_dẫn=giá_trị, như training.optimizer.learning_rate=0.1</translation>
    </message>
    <message>
        <source>must be text of at most {longest_text} characters</source>
        <translation>phải là chữ, nhiều nhất {longest_text} ký tự</translation>
    </message>
    <message>
        <source>must be text, not {found}</source>
        <translation>phải là chữ, không phải {found}</translation>
    </message>
    <message>
        <source>must be text, or texts by language</source>
        <translation>phải là chữ, hoặc chữ theo từng ngôn ngữ</translation>
    </message>
    <message>
        <source>must be true or false, not {found}</source>
        <translation>phải là true hoặc false, không phải {found}</translation>
    </message>
    <message>
        <source>must be true; leave it out otherwise</source>
        <translation>phải là true; nếu không thì bỏ đi</translation>
    </message>
    <message>
        <source>must hold exactly one 1, in the column of its class</source>
        <translation>phải có đúng một số 1, ở cột của loại đó</translation>
    </message>
    <message>
        <source>must hold exactly one action; {allowed}</source>
        <translation>phải có đúng một hành động; {allowed}</translation>
    </message>
    <message>
        <source>must run from a lower to a higher layer number</source>
        <translation>phải đi từ lớp số nhỏ đến lớp số lớn</translation>
    </message>
    <message>
        <source>no longer fits the weights that the file holds</source>
        <translation>không còn khớp với các trọng số trong tệp</translation>
    </message>
    <message>
        <source>not valid JSON: nested too deeply or a number too long</source>
        <translation>không phải JSON hợp lệ: lồng quá sâu hoặc có số quá dài</translation>
    </message>
    <message>
        <source>not valid JSON: {msg} in line {lineno}</source>
        <translation>không phải JSON hợp lệ: {msg} ở dòng {lineno}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>không có gì</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>padding</translation>
    </message>
    <message>
        <source>puts out an image of {shape}; allowed: features (end in a dense layer)</source>
        <translation>cho ra tấm hình {shape}; cho phép: các đặc trưng (hãy kết thúc bằng một lớp dày đặc)</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>tỉ lệ</translation>
    </message>
    <message>
        <source>scenes: {names}; or the path of a .json or .nnsim file</source>
        <translation>các cảnh: {names}; hoặc đường dẫn đến tệp .json hay .nnsim</translation>
    </message>
    <message>
        <source>stands twice</source>
        <translation>có hai lần</translation>
    </message>
    <message>
        <source>stands twice in the same object; allowed: once</source>
        <translation>có hai lần trong cùng một đối tượng; cho phép: một lần</translation>
    </message>
    <message>
        <source>stride</source>
        <translation>stride</translation>
    </message>
    <message>
        <source>text</source>
        <translation>chữ</translation>
    </message>
    <message>
        <source>the file holds tensors but no nnsim document</source>
        <translation>tệp chứa tensor nhưng không có tài liệu nnsim</translation>
    </message>
    <message>
        <source>the file is larger than {most} MB</source>
        <translation>tệp lớn hơn {most} MB</translation>
    </message>
    <message>
        <source>the file&apos;s tensors do not fit this network. It needs {needed}; the file holds {stored}</source>
        <translation>các tensor trong tệp không khớp với mạng này. Mạng cần {needed}; tệp chứa {stored}</translation>
    </message>
    <message>
        <source>the first layer, and only it, must be the input</source>
        <translation>lớp đầu tiên, và chỉ lớp ấy, phải là lớp vào</translation>
    </message>
    <message>
        <source>the text is longer than {most} characters</source>
        <translation>văn bản dài hơn {most} ký tự</translation>
    </message>
    <message>
        <source>the training files hold {training} samples and the test files (t10k) {test}; they seem to be swapped: exchange their names</source>
        <translation>các tệp huấn luyện chứa {training} mẫu còn các tệp kiểm tra (t10k) chứa {test}; có vẻ chúng bị đổi chỗ: hãy đổi tên cho nhau</translation>
    </message>
    <message>
        <source>the {role} of layer {layer} has no {place}; allowed: below {sizes}</source>
        <translation>{role} của lớp {layer} không có {place}; cho phép: dưới {sizes}</translation>
    </message>
    <message>
        <source>there is no file {name}; {choices}</source>
        <translation>không có tệp {name}; {choices}</translation>
    </message>
    <message>
        <source>there is no folder {folder}</source>
        <translation>không có thư mục {folder}</translation>
    </message>
    <message>
        <source>there is no layer {layer}; allowed: 0 to {last}</source>
        <translation>không có lớp {layer}; cho phép: 0 đến {last}</translation>
    </message>
    <message>
        <source>there is no scene {name}; {choices}</source>
        <translation>không có cảnh {name}; {choices}</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>không có tệp này</translation>
    </message>
    <message>
        <source>there is no such folder; MNIST&apos;s four files were to be in it</source>
        <translation>không có thư mục này; bốn tệp của MNIST lẽ ra ở trong đó</translation>
    </message>
    <message>
        <source>there is no training sample {number}; allowed: 0 to {last}</source>
        <translation>không có mẫu huấn luyện {number}; cho phép: 0 đến {last}</translation>
    </message>
    <message>
        <source>there is no {part} here; allowed: {names}</source>
        <translation>ở đây không có {part}; cho phép: {names}</translation>
    </message>
    <message>
        <source>there is nothing inside to set {part} on</source>
        <translation>bên trong không có gì để đặt {part}</translation>
    </message>
    <message>
        <source>this is no ordinary file but a device, a pipe or a socket</source>
        <translation>đây không phải tệp thường mà là thiết bị, ống dẫn hoặc socket</translation>
    </message>
    <message>
        <source>this is no whole safetensors file; in PyTorch, safetensors.torch.save_file(model.state_dict(), …) writes one</source>
        <translation>đây không phải tệp safetensors nguyên vẹn; trong PyTorch, safetensors.torch.save_file(model.state_dict(), …) ghi ra tệp như thế</translation>
    </message>
    <message>
        <source>this is not a text file in UTF-8</source>
        <translation>đây không phải tệp văn bản UTF-8</translation>
    </message>
    <message>
        <source>this is not a whole .nnsim file (damaged, cut off or another kind)</source>
        <translation>đây không phải tệp .nnsim nguyên vẹn (bị hỏng, bị cụt hoặc là loại tệp khác)</translation>
    </message>
    <message>
        <source>this tensor is missing from the file</source>
        <translation>tệp thiếu tensor này</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true hoặc false</translation>
    </message>
    <message>
        <source>units</source>
        <translation>số nơ-ron</translation>
    </message>
    <message>
        <source>would add {first} and {shape}; allowed: inputs of one shape</source>
        <translation>sẽ cộng {first} với {shape}; cho phép: các đầu vào cùng một dạng</translation>
    </message>
    <message>
        <source>would join {first} and {shape}; allowed: images of one height and width</source>
        <translation>sẽ ghép {first} với {shape}; cho phép: các hình cùng chiều cao và chiều rộng</translation>
    </message>
    <message>
        <source>you have kept no digits of your own yet; draw one and keep it, or choose others</source>
        <translation>bạn chưa giữ chữ số nào của mình; hãy vẽ một chữ số rồi giữ lại, hoặc chọn dữ liệu khác</translation>
    </message>
    <message>
        <source>{count} dimensions</source>
        <translation>{count} chiều</translation>
    </message>
    <message>
        <source>{count} neurons cannot be added. Add one or more.</source>
        <translation>Không thêm được {count} nơ-ron. Hãy thêm từ một trở lên.</translation>
    </message>
    <message>
        <source>{damage}; move it away to begin a new collection</source>
        <translation>{damage}; hãy dời nó đi để bắt đầu bộ sưu tập mới</translation>
    </message>
    <message>
        <source>{demo} has no script</source>
        <translation>{demo} không có kịch bản</translation>
    </message>
    <message>
        <source>{file} is no ordinary file</source>
        <translation>{file} không phải tệp thường</translation>
    </message>
    <message>
        <source>{file} must end in .nnsim</source>
        <translation>{file} phải có đuôi .nnsim</translation>
    </message>
    <message>
        <source>{file} must end in .png</source>
        <translation>{file} phải có đuôi .png</translation>
    </message>
    <message>
        <source>{found} is no layer&apos;s name; {allowed}</source>
        <translation>{found} không phải tên lớp; {allowed}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} đến {high}</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} và {count} nữa</translation>
    </message>
    <message>
        <source>{name} holds {images} images, its file of labels {labels} labels</source>
        <translation>{name} chứa {images} hình, còn tệp nhãn chứa {labels} nhãn</translation>
    </message>
    <message>
        <source>{name} is no name; allowed: at most {longest_name} of the letters a to z, digits and _, a letter first</source>
        <translation>{name} không phải tên; cho phép: nhiều nhất {longest_name} chữ cái a đến z, chữ số và _, bắt đầu bằng chữ cái</translation>
    </message>
    <message>
        <source>{name} puts out as much as it is fed: it has no neurons or filters of its own. Change the layer before it.</source>
        <translation>{name} nhận bao nhiêu thì cho ra bấy nhiêu: nó không có nơ-ron hay bộ lọc riêng. Hãy đổi lớp đứng trước nó.</translation>
    </message>
    <message>
        <source>{name} stands twice; allowed: a new name</source>
        <translation>{name} có hai lần; cho phép: một tên mới</translation>
    </message>
    <message>
        <source>{number} is out of range; allowed: from {nearest} to {farthest} pixels</source>
        <translation>{number} ngoài khoảng; cho phép: từ {nearest} đến {farthest} điểm ảnh</translation>
    </message>
    <message>
        <source>{part} is no item of this list; allowed: 0 to {last}</source>
        <translation>{part} không phải mục của danh sách này; cho phép: 0 đến {last}</translation>
    </message>
    <message>
        <source>{text} must be such as {syntax}</source>
        <translation>{text} phải có dạng như {syntax}</translation>
    </message>
    <message>
        <source>{value} is not known; {allowed}</source>
        <translation>không biết {value}; {allowed}</translation>
    </message>
    <message>
        <source>{value} is out of range; allowed: {allowed}</source>
        <translation>{value} ngoài khoảng; cho phép: {allowed}</translation>
    </message>
    <message>
        <source>{what} has {count} inputs; allowed: 1 (join them by add or concat)</source>
        <translation>{what} có {count} đầu vào; cho phép: 1 (hãy nối chúng bằng cộng hoặc ghép)</translation>
    </message>
    <message>
        <source>{what} reads {shape} features; allowed: an image (channels × height × width)</source>
        <translation>{what} đang đọc {shape} đặc trưng; cho phép: một tấm hình (kênh × cao × rộng)</translation>
    </message>
</context>
<context>
    <name>ExamPanels</name>
    <message>
        <source>Accuracy by digit</source>
        <translation>Độ chính xác từng số</translation>
    </message>
    <message>
        <source>All mistakes</source>
        <translation>Mọi lỗi</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Ma trận nhầm lẫn</translation>
    </message>
    <message>
        <source>Leave the chosen cell and show every mistake, the surest first</source>
        <translation>Rời ô đã chọn và cho thấy mọi lỗi, lỗi chắc nhất đứng đầu</translation>
    </message>
    <message>
        <source>No digit is read like this any more.</source>
        <translation>Không còn chữ số nào bị đọc như thế nữa.</translation>
    </message>
    <message>
        <source>No mistakes among these: well done.</source>
        <translation>Trong số này không có lỗi nào: giỏi lắm.</translation>
    </message>
    <message>
        <source>Nothing examined yet.</source>
        <translation>Chưa kiểm tra gì.</translation>
    </message>
    <message>
        <source>Training has gone on since this exam</source>
        <translation>Từ lần kiểm tra này, mạng đã học thêm</translation>
    </message>
    <message>
        <source>Worst mistakes</source>
        <translation>Lỗi nặng nhất</translation>
    </message>
    <message>
        <source>from step {step}</source>
        <translation>ở bước {step}</translation>
    </message>
    <message>
        <source>{label} read as {answer} · 1 digit</source>
        <translation>{label} đọc thành {answer} · 1 chữ số</translation>
    </message>
    <message>
        <source>{label} read as {answer} · {found} digits</source>
        <translation>{label} đọc thành {answer} · {found} chữ số</translation>
    </message>
    <message>
        <source>{label} read rightly · {found}</source>
        <translation>{label} đọc đúng · {found}</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Export the history</source>
        <translation>Xuất lịch sử</translation>
    </message>
    <message>
        <source>Export the network</source>
        <translation>Xuất mạng</translation>
    </message>
    <message>
        <source>Export the plots</source>
        <translation>Xuất đồ thị</translation>
    </message>
    <message>
        <source>PNG image (*.png)</source>
        <translation>Hình PNG (*.png)</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>Hình vẽ SVG (*.svg)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Bảng (*.csv)</translation>
    </message>
    <message>
        <source>The network is on the clipboard as a picture</source>
        <translation>Hình của mạng đã ở trong bảng tạm</translation>
    </message>
    <message>
        <source>Written to {path}</source>
        <translation>Đã ghi vào {path}</translation>
    </message>
    <message>
        <source>history</source>
        <translation>lịch sử</translation>
    </message>
    <message>
        <source>network</source>
        <translation>mạng</translation>
    </message>
    <message>
        <source>plots</source>
        <translation>đồ thị</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Activation</source>
        <translation>Kích hoạt</translation>
    </message>
    <message>
        <source>Adam&apos;s running mean of the gradient, corrected for its start at 0</source>
        <translation>Trung bình trượt của gradient trong Adam, đã chỉnh lại vì bắt đầu từ 0</translation>
    </message>
    <message>
        <source>Adam&apos;s running mean of the squared gradient, corrected for its start at 0</source>
        <translation>Trung bình trượt của gradient bình phương trong Adam, đã chỉnh lại vì bắt đầu từ 0</translation>
    </message>
    <message>
        <source>By how much the last step changed it</source>
        <translation>Bước vừa rồi đã đổi nó bao nhiêu</translation>
    </message>
    <message>
        <source>By how much the last step changed the bias</source>
        <translation>Bước vừa rồi đã đổi độ lệch bao nhiêu</translation>
    </message>
    <message>
        <source>Contribution w·x</source>
        <translation>Đóng góp w·x</translation>
    </message>
    <message>
        <source>Edges in</source>
        <translation>Cạnh vào</translation>
    </message>
    <message>
        <source>Edges out</source>
        <translation>Cạnh ra</translation>
    </message>
    <message>
        <source>Error signal δ, sample</source>
        <translation>Tín hiệu sai số δ, mẫu</translation>
    </message>
    <message>
        <source>First moment</source>
        <translation>Mô-men bậc 1</translation>
    </message>
    <message>
        <source>Gradient ‖∂L/∂w‖</source>
        <translation>Gradient ‖∂L/∂w‖</translation>
    </message>
    <message>
        <source>Gradient ∂L/∂b, batch</source>
        <translation>Gradient ∂L/∂b, batch</translation>
    </message>
    <message>
        <source>Gradient ∂L/∂w, batch</source>
        <translation>Gradient ∂L/∂w, batch</translation>
    </message>
    <message>
        <source>How many are selected</source>
        <translation>Bao nhiêu nơ-ron đang được chọn</translation>
    </message>
    <message>
        <source>Last update Δb</source>
        <translation>Vừa cập nhật Δb</translation>
    </message>
    <message>
        <source>Last update Δw</source>
        <translation>Vừa cập nhật Δw</translation>
    </message>
    <message>
        <source>Mean size of these weights</source>
        <translation>Độ lớn trung bình của các trọng số này</translation>
    </message>
    <message>
        <source>Mean square</source>
        <translation>TB bình phương</translation>
    </message>
    <message>
        <source>Mean |w|</source>
        <translation>TB |w|</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>Nơ-ron</translation>
    </message>
    <message>
        <source>Norm of the last batch&apos;s gradient over these weights</source>
        <translation>Độ dài gradient của batch vừa rồi, tính trên các trọng số này</translation>
    </message>
    <message>
        <source>Norm of what the last step changed in these weights</source>
        <translation>Độ dài của phần mà bước vừa rồi đã đổi ở các trọng số này</translation>
    </message>
    <message>
        <source>Of the last batch: how the loss grows with the bias</source>
        <translation>Của batch vừa rồi: mất mát tăng ra sao theo độ lệch</translation>
    </message>
    <message>
        <source>Of the last batch: how the loss grows with this weight</source>
        <translation>Của batch vừa rồi: mất mát tăng ra sao theo trọng số này</translation>
    </message>
    <message>
        <source>Of the sample on the stage</source>
        <translation>Của mẫu đang xem</translation>
    </message>
    <message>
        <source>RMSprop&apos;s running mean of the squared gradient</source>
        <translation>Trung bình trượt của gradient bình phương trong RMSprop</translation>
    </message>
    <message>
        <source>Second moment</source>
        <translation>Mô-men bậc 2</translation>
    </message>
    <message>
        <source>Sum z</source>
        <translation>Tổng z</translation>
    </message>
    <message>
        <source>Target y</source>
        <translation>Đích y</translation>
    </message>
    <message>
        <source>Those selected, and those that enter the selected neurons</source>
        <translation>Các trọng số đang chọn, và các trọng số đi vào những nơ-ron đang chọn</translation>
    </message>
    <message>
        <source>Update ‖Δw‖</source>
        <translation>Cập nhật ‖Δw‖</translation>
    </message>
    <message>
        <source>Value x</source>
        <translation>Giá trị x</translation>
    </message>
    <message>
        <source>Velocity v</source>
        <translation>Vận tốc v</translation>
    </message>
    <message>
        <source>Weighted inputs and bias, before the activation function</source>
        <translation>Các đầu vào nhân trọng số, cộng độ lệch, trước hàm kích hoạt</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Trọng số</translation>
    </message>
    <message>
        <source>Weights that enter the neuron</source>
        <translation>Các trọng số đi vào nơ-ron</translation>
    </message>
    <message>
        <source>Weights that it feeds</source>
        <translation>Các trọng số nhận giá trị từ nó</translation>
    </message>
    <message>
        <source>What it adds to the next neuron&apos;s sum for the sample on the stage</source>
        <translation>Phần nó cộng vào tổng của nơ-ron kế tiếp, với mẫu đang xem</translation>
    </message>
    <message>
        <source>What it should answer to the sample on the stage</source>
        <translation>Câu trả lời nó cần đưa ra cho mẫu đang xem</translation>
    </message>
    <message>
        <source>What momentum carries over from one step to the next</source>
        <translation>Phần mà quán tính mang từ bước này sang bước kế tiếp</translation>
    </message>
    <message>
        <source>What the neuron passes on</source>
        <translation>Thứ mà nơ-ron chuyển đi tiếp</translation>
    </message>
    <message>
        <source>∂L/∂z for the sample on the stage</source>
        <translation>∂L/∂z với mẫu đang xem</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>The pictures could not be opened: {reason}. None was taken: save them as PNG and open those.</source>
        <translation>Không mở được các hình: {reason}. Chưa lấy hình nào: hãy lưu chúng thành PNG rồi mở các tệp PNG đó.</translation>
    </message>
    <message>
        <source>The samples cannot be read from {name}: {reason}. Those that are here stay: see to the file and choose the dataset again.</source>
        <translation>Không đọc được các mẫu từ {name}: {reason}. Những mẫu đang có vẫn còn: hãy xem lại tệp rồi chọn lại tập dữ liệu.</translation>
    </message>
    <message>
        <source>The samples could not be prepared: {reason}. Those that are here stay: choose the dataset again, or another one.</source>
        <translation>Không chuẩn bị được các mẫu: {reason}. Những mẫu đang có vẫn còn: hãy chọn lại tập dữ liệu này, hoặc một tập khác.</translation>
    </message>
    <message>
        <source>There is not enough memory for all the samples. Those that are here stay: close other programs, or choose a smaller dataset.</source>
        <translation>Không đủ bộ nhớ cho tất cả các mẫu. Những mẫu đang có vẫn còn: hãy đóng bớt chương trình khác, hoặc chọn một tập dữ liệu nhỏ hơn.</translation>
    </message>
    <message>
        <source>There is not enough memory for these pictures. None was opened: open fewer of them, or smaller ones.</source>
        <translation>Không đủ bộ nhớ cho những hình này. Chưa mở hình nào: hãy mở ít hình hơn, hoặc hình nhỏ hơn.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}. Copy it elsewhere and open it again.</source>
        <translation>Không đọc được {name}: {reason}. Hãy chép nó sang chỗ khác rồi mở lại.</translation>
    </message>
</context>
<context>
    <name>FileHandling</name>
    <message>
        <source>Clear this list</source>
        <translation>Xoá danh sách này</translation>
    </message>
    <message>
        <source>Forget these names; the files stay</source>
        <translation>Quên các tên này; các tệp vẫn còn</translation>
    </message>
    <message>
        <source>Go over to the file as it is now</source>
        <translation>Chuyển sang tệp như nó lúc này</translation>
    </message>
    <message>
        <source>Networks (*.nnsim)</source>
        <translation>Mạng (*.nnsim)</translation>
    </message>
    <message>
        <source>Networks and scenes (*.nnsim *.json)</source>
        <translation>Mạng và cảnh (*.nnsim *.json)</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Chưa có gì</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Open theirs</source>
        <translation>Mở bản kia</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Lưu thành</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>Đã lưu thành {path}</translation>
    </message>
    <message>
        <source>Some of your scenes cannot be read and are left out: {files}</source>
        <translation>Vài cảnh của bạn không đọc được nên bị bỏ qua: {files}</translation>
    </message>
    <message>
        <source>This cannot be saved: {reason}.</source>
        <translation>Không lưu được: {reason}.</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Chưa đặt tên</translation>
    </message>
    <message>
        <source>“{name}” has changed on disk since it was opened here: another window or program has written it. Saving asks which is to be kept.</source>
        <translation>“{name}” đã thay đổi trên đĩa từ khi được mở ở đây: một cửa sổ hoặc chương trình khác đã ghi nó. Khi lưu, bạn sẽ được hỏi giữ bản nào.</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>it is a device or a pipe and no ordinary file; choose another name</source>
        <translation>đó là một thiết bị hoặc đường ống, không phải tệp thường; hãy chọn tên khác</translation>
    </message>
    <message>
        <source>it is a folder; choose a file in it</source>
        <translation>đó là một thư mục; hãy chọn một tệp bên trong</translation>
    </message>
    <message>
        <source>it is not there any more; choose another file</source>
        <translation>nó không còn ở đó nữa; hãy chọn tệp khác</translation>
    </message>
    <message>
        <source>nothing can be written there; choose another folder</source>
        <translation>không ghi được gì ở đó; hãy chọn thư mục khác</translation>
    </message>
    <message>
        <source>the disk is full; make room, or choose another folder</source>
        <translation>đĩa đã đầy; hãy dọn bớt chỗ, hoặc chọn thư mục khác</translation>
    </message>
    <message>
        <source>the folder is not there any more; choose another</source>
        <translation>thư mục đó không còn nữa; hãy chọn thư mục khác</translation>
    </message>
    <message>
        <source>the name is too long; choose a shorter one</source>
        <translation>tên quá dài; hãy chọn tên ngắn hơn</translation>
    </message>
    <message>
        <source>there is a folder of that name; choose another name</source>
        <translation>đã có một thư mục mang tên đó; hãy chọn tên khác</translation>
    </message>
    <message>
        <source>you may not read it; choose another file</source>
        <translation>bạn không được phép đọc nó; hãy chọn tệp khác</translation>
    </message>
    <message>
        <source>you may not write there; choose another folder</source>
        <translation>bạn không được phép ghi ở đó; hãy chọn thư mục khác</translation>
    </message>
    <message>
        <source>“{name}” could not be read: {reason}.</source>
        <translation>Không đọc được “{name}”: {reason}.</translation>
    </message>
    <message>
        <source>“{name}” could not be written: {reason}. What was there before is unchanged.</source>
        <translation>Không ghi được “{name}”: {reason}. Những gì có từ trước vẫn nguyên.</translation>
    </message>
    <message>
        <source>“{name}” was being written when the disk failed: {reason}. It may be damaged; what was to be saved is whole in “{rescue}” beside it.</source>
        <translation>Đĩa bị lỗi trong lúc đang ghi “{name}”: {reason}. Tệp này có thể bị hỏng; những gì cần lưu vẫn còn nguyên trong “{rescue}” ở ngay bên cạnh.</translation>
    </message>
</context>
<context>
    <name>FilterCard</name>
    <message>
        <source>What a filter looks for</source>
        <translation>Bộ lọc tìm gì</translation>
    </message>
    <message>
        <source>What filter %1 looks for</source>
        <translation>Bộ lọc %1 tìm gì</translation>
    </message>
    <message>
        <source>patches of training pictures that light it most, one of each picture</source>
        <translation>những mảnh hình huấn luyện làm nó sáng nhất, mỗi hình một mảnh</translation>
    </message>
</context>
<context>
    <name>FormulaView</name>
    <message>
        <source>Formula</source>
        <translation>Công thức</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Each digit with its label and the network&apos;s answer; click one to see it read</source>
        <translation>Mỗi chữ số cùng nhãn của nó và câu trả lời của mạng; bấm vào một chữ số để xem mạng đọc nó</translation>
    </message>
    <message>
        <source>Gallery of digits</source>
        <translation>Bộ sưu tập chữ số</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Chưa đọc</translation>
    </message>
    <message>
        <source>Nothing examined yet.</source>
        <translation>Chưa kiểm tra gì.</translation>
    </message>
    <message>
        <source>Read as {answer}, {sureness} sure</source>
        <translation>Đọc thành {answer}, chắc {sureness}</translation>
    </message>
    <message>
        <source>{label} read as {answer}, {sureness} sure</source>
        <translation>{label} đọc thành {answer}, chắc {sureness}</translation>
    </message>
    <message>
        <source>{label}, not read yet</source>
        <translation>{label}, chưa đọc</translation>
    </message>
</context>
<context>
    <name>Glossary</name>
    <message>
        <source>Accuracy: the share of the training samples answered right</source>
        <translation>Độ chính xác: tỉ lệ mẫu huấn luyện được trả lời đúng</translation>
    </message>
    <message>
        <source>Activation a: what a neuron passes on, for the sample on stage</source>
        <translation>Giá trị kích hoạt a: thứ mà nơ-ron chuyển đi tiếp, với mẫu đang xem</translation>
    </message>
    <message>
        <source>Batch: the samples looked at for one update of the weights; here {batch}</source>
        <translation>Batch: các mẫu được xem cho một lần cập nhật trọng số; ở đây là {batch}</translation>
    </message>
    <message>
        <source>Bias b: what a neuron adds to its sum whatever comes in</source>
        <translation>Độ lệch b: phần mà nơ-ron cộng vào tổng của nó, dù thứ gì đi vào</translation>
    </message>
    <message>
        <source>Epoch: once through all {samples} training samples</source>
        <translation>Epoch: một lượt qua cả {samples} mẫu huấn luyện</translation>
    </message>
    <message>
        <source>Gradient ∂L/∂w: how fast the loss grows when a weight grows. Its opposite leads downhill</source>
        <translation>Gradient ∂L/∂w: mất mát tăng nhanh đến đâu khi một trọng số tăng. Đi ngược với nó là xuống dốc</translation>
    </message>
    <message>
        <source>Loss L: how wrong the answers are, here measured by: {loss}. 0 is best</source>
        <translation>Mất mát L: câu trả lời sai bao nhiêu, ở đây đo bằng: {loss}. Tốt nhất là 0</translation>
    </message>
    <message>
        <source>Sample: one input with the answer it should get; here {samples} to learn from</source>
        <translation>Mẫu: một đầu vào cùng câu trả lời mà nó cần có; ở đây có {samples} mẫu để học</translation>
    </message>
    <message>
        <source>Test accuracy: the share answered right of {kept} samples that are never trained on</source>
        <translation>Độ chính xác kiểm tra: tỉ lệ trả lời đúng trong {kept} mẫu không bao giờ dùng để huấn luyện</translation>
    </message>
    <message>
        <source>The loss up here is that of all {samples} training samples, with the weights as they are</source>
        <translation>Mất mát ở trên đây là của cả {samples} mẫu huấn luyện, với các trọng số lúc này</translation>
    </message>
    <message>
        <source>The loss up here is that of some training samples: once training runs, of the latest batches</source>
        <translation>Mất mát ở trên đây là của một số mẫu huấn luyện: khi đã chạy huấn luyện thì là của các batch gần nhất</translation>
    </message>
    <message>
        <source>Update Δw: by how much one step of the optimizer changes a weight; here {optimizer}</source>
        <translation>Cập nhật Δw: một bước của bộ tối ưu đổi trọng số bao nhiêu; ở đây là {optimizer}</translation>
    </message>
    <message>
        <source>Validation: the share answered right of {kept} samples that are never trained on</source>
        <translation>Kiểm định: tỉ lệ trả lời đúng trong {kept} mẫu không bao giờ dùng để huấn luyện</translation>
    </message>
    <message>
        <source>Weight w: how strongly one neuron listens to another; below 0 it is held back</source>
        <translation>Trọng số w: một nơ-ron lắng nghe một nơ-ron khác mạnh đến đâu; dưới 0 thì nó bị kìm lại</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>kích hoạt</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>tất cả các mẫu</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>batch</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>độ lệch</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>gradient</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>tốc độ học</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>mất mát</translation>
    </message>
    <message>
        <source>target</source>
        <translation>đích</translation>
    </message>
    <message>
        <source>update</source>
        <translation>cập nhật</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>trọng số</translation>
    </message>
    <message>
        <source>w·x: what an edge adds to the sum of its neuron, for the sample on stage</source>
        <translation>w·x: phần mà một cạnh cộng vào tổng của nơ-ron, với mẫu đang xem</translation>
    </message>
    <message>
        <source>y: the target, the answer that is wanted; ŷ: the answer that the network gives</source>
        <translation>y: đích, câu trả lời mong muốn; ŷ: câu trả lời mà mạng đưa ra</translation>
    </message>
    <message>
        <source>z: the sum that a neuron makes of what comes in, before its activation</source>
        <translation>z: tổng mà nơ-ron tính từ những gì đi vào, trước hàm kích hoạt</translation>
    </message>
    <message>
        <source>δ: how fast the loss grows when the sum z of a neuron grows: its share of the blame</source>
        <translation>δ: mất mát tăng nhanh đến đâu khi tổng z của một nơ-ron tăng: phần lỗi của nơ-ron đó</translation>
    </message>
    <message>
        <source>η: the learning rate, how far each update goes; here {rate}</source>
        <translation>η: tốc độ học, mỗi lần cập nhật đi xa đến đâu; ở đây là {rate}</translation>
    </message>
    <message>
        <source>λ: how much large weights cost; here {penalty}</source>
        <translation>λ: trọng số lớn phải trả giá bao nhiêu; ở đây là {penalty}</translation>
    </message>
</context>
<context>
    <name>GradientNorms</name>
    <message>
        <source>Gradient norm per layer</source>
        <translation>Độ dài gradient từng lớp</translation>
    </message>
    <message>
        <source>‖∂L/∂θ‖ of the last batch, with the weights before that step: a layer with a tiny bar hardly learns</source>
        <translation>‖∂L/∂θ‖ của batch vừa rồi, với các trọng số trước bước đó: lớp có thanh bé xíu thì gần như không học</translation>
    </message>
</context>
<context>
    <name>GradientPanel</name>
    <message>
        <source>Gradient norm in step {step}</source>
        <translation>Độ dài gradient ở bước {step}</translation>
    </message>
    <message>
        <source>Gradient norm per layer</source>
        <translation>Độ dài gradient từng lớp</translation>
    </message>
    <message>
        <source>Hidden {number}</source>
        <translation>Lớp ẩn {number}</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Đầu ra</translation>
    </message>
</context>
<context>
    <name>GraphCanvas</name>
    <message>
        <source>%1 of %2 edges</source>
        <translation>%1/%2 cạnh</translation>
    </message>
    <message>
        <source>%1 of %2 out</source>
        <translation>bỏ %1/%2</translation>
    </message>
    <message>
        <source>%1 of %2 ribbons</source>
        <translation>%1/%2 dải</translation>
    </message>
    <message>
        <source>%1 · channel %2 · row %3, column %4</source>
        <translation>%1 · kênh %2 · hàng %3, cột %4</translation>
    </message>
    <message>
        <source>%1 · map %2 · row %3, column %4</source>
        <translation>%1 · bản đồ %2 · hàng %3, cột %4</translation>
    </message>
    <message>
        <source>%1 · number %2</source>
        <translation>%1 · số thứ %2</translation>
    </message>
    <message>
        <source>%1 · row %2, column %3</source>
        <translation>%1 · hàng %2, cột %3</translation>
    </message>
    <message>
        <source>%1 · row %3, column %4</source>
        <translation>%1 · hàng %3, cột %4</translation>
    </message>
    <message>
        <source>+ bias</source>
        <translation>+ độ lệch</translation>
    </message>
    <message>
        <source>+ other %n maps</source>
        <translation>+ %n bản đồ khác</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Kích hoạt</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Cộng</translation>
    </message>
    <message>
        <source>BN</source>
        <translation>BN</translation>
    </message>
    <message>
        <source>Batch norm</source>
        <translation>Chuẩn hoá batch</translation>
    </message>
    <message>
        <source>Cat</source>
        <translation>Ghép</translation>
    </message>
    <message>
        <source>Concat</source>
        <translation>Ghép</translation>
    </message>
    <message>
        <source>Conv</source>
        <translation>Conv</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>Tích chập</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>Dày đặc</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Drop</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>Phẳng</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>Trải phẳng</translation>
    </message>
    <message>
        <source>GN</source>
        <translation>GN</translation>
    </message>
    <message>
        <source>Group norm</source>
        <translation>Chuẩn hoá nhóm</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Lớp ẩn</translation>
    </message>
    <message>
        <source>Hidden %n</source>
        <translation>Lớp ẩn %n</translation>
    </message>
    <message>
        <source>IN</source>
        <translation>IN</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Đầu vào</translation>
    </message>
    <message>
        <source>Instance norm</source>
        <translation>Chuẩn hoá mẫu</translation>
    </message>
    <message>
        <source>LN</source>
        <translation>LN</translation>
    </message>
    <message>
        <source>Layer norm</source>
        <translation>Chuẩn hoá lớp</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>Max</translation>
    </message>
    <message>
        <source>Max pool</source>
        <translation>Gộp lớn nhất</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>TB</translation>
    </message>
    <message>
        <source>Mean pool</source>
        <translation>Gộp trung bình</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Mạng</translation>
    </message>
    <message>
        <source>Nothing is selected. Alt and the arrow keys walk from neuron to neuron.</source>
        <translation>Chưa chọn gì. Alt và phím mũi tên đi từ nơ-ron này sang nơ-ron khác.</translation>
    </message>
    <message>
        <source>Nothing is selected. Arrow keys walk from neuron to neuron, Escape deselects.</source>
        <translation>Chưa chọn gì. Phím mũi tên đi từ nơ-ron này sang nơ-ron khác, Escape bỏ chọn.</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Đầu ra</translation>
    </message>
    <message>
        <source>a = %1, the number of %2</source>
        <translation>a = %1, số ở %2</translation>
    </message>
    <message>
        <source>a bright spot in the middle</source>
        <translation>một đốm sáng ở giữa</translation>
    </message>
    <message>
        <source>a ribbon is one filter: width = mean %1, colour = sign of its sum</source>
        <translation>một dải là một bộ lọc: bề rộng = trung bình %1, màu = dấu của tổng</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>kích hoạt</translation>
    </message>
    <message>
        <source>activation, brightest = %1</source>
        <translation>kích hoạt, sáng nhất = %1</translation>
    </message>
    <message>
        <source>activation, brightest = %1 by layer</source>
        <translation>kích hoạt, sáng nhất = %1 theo lớp</translation>
    </message>
    <message>
        <source>against %1</source>
        <translation>chống %1</translation>
    </message>
    <message>
        <source>all %1 edges</source>
        <translation>cả %1 cạnh</translation>
    </message>
    <message>
        <source>all are 0</source>
        <translation>đều bằng 0</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>độ lệch</translation>
    </message>
    <message>
        <source>bias b = %1</source>
        <translation>độ lệch b = %1</translation>
    </message>
    <message>
        <source>bias b = %1, shared by the whole map</source>
        <translation>độ lệch b = %1, cả bản đồ dùng chung</translation>
    </message>
    <message>
        <source>bias, by length</source>
        <translation>độ lệch, theo độ dài</translation>
    </message>
    <message>
        <source>brighter above</source>
        <translation>phía trên sáng hơn</translation>
    </message>
    <message>
        <source>brighter below</source>
        <translation>phía dưới sáng hơn</translation>
    </message>
    <message>
        <source>brighter to the left</source>
        <translation>bên trái sáng hơn</translation>
    </message>
    <message>
        <source>brighter to the lower left</source>
        <translation>góc dưới trái sáng hơn</translation>
    </message>
    <message>
        <source>brighter to the lower right</source>
        <translation>góc dưới phải sáng hơn</translation>
    </message>
    <message>
        <source>brighter to the right</source>
        <translation>bên phải sáng hơn</translation>
    </message>
    <message>
        <source>brighter to the upper left</source>
        <translation>góc trên trái sáng hơn</translation>
    </message>
    <message>
        <source>brighter to the upper right</source>
        <translation>góc trên phải sáng hơn</translation>
    </message>
    <message>
        <source>contribution w·x = %1</source>
        <translation>đóng góp w·x = %1</translation>
    </message>
    <message>
        <source>filter %1</source>
        <translation>bộ lọc %1</translation>
    </message>
    <message>
        <source>filter %1 · channel %2 · row %3, column %4 · used at %5 places</source>
        <translation>bộ lọc %1 · kênh %2 · hàng %3, cột %4 · dùng ở %5 chỗ</translation>
    </message>
    <message>
        <source>filter %1 · channel %2 · row %3, column %4 · used at one place</source>
        <translation>bộ lọc %1 · kênh %2 · hàng %3, cột %4 · dùng ở một chỗ</translation>
    </message>
    <message>
        <source>filter frozen</source>
        <translation>bộ lọc đóng băng</translation>
    </message>
    <message>
        <source>filters: full colour ±%1</source>
        <translation>bộ lọc: màu đậm nhất ±%1</translation>
    </message>
    <message>
        <source>for +%1</source>
        <translation>ủng hộ +%1</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>từ %1 đến %2</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>đóng băng</translation>
    </message>
    <message>
        <source>full colour ±%1</source>
        <translation>màu đậm nhất ±%1</translation>
    </message>
    <message>
        <source>gradient ∂L/∂%1 = %2</source>
        <translation>gradient ∂L/∂%1 = %2</translation>
    </message>
    <message>
        <source>gradient ∂L/∂w</source>
        <translation>gradient ∂L/∂w</translation>
    </message>
    <message>
        <source>high</source>
        <translation>cao</translation>
    </message>
    <message>
        <source>high over the inputs</source>
        <translation>cao trên miền đầu vào</translation>
    </message>
    <message>
        <source>inside: weights</source>
        <translation>trong: trọng số</translation>
    </message>
    <message>
        <source>inside: weights from the pixels, each at its own scale</source>
        <translation>bên trong: trọng số từ các điểm ảnh, mỗi hình một thang riêng</translation>
    </message>
    <message>
        <source>kept: a = %1 / %2 = %3</source>
        <translation>được giữ: a = %1 / %2 = %3</translation>
    </message>
    <message>
        <source>last update Δ%1 = %2</source>
        <translation>cập nhật vừa rồi Δ%1 = %2</translation>
    </message>
    <message>
        <source>left out: 0 instead of %1</source>
        <translation>bị bỏ: 0 thay cho %1</translation>
    </message>
    <message>
        <source>light: |w·x|, largest = %1</source>
        <translation>ánh sáng: |w·x|, lớn nhất = %1</translation>
    </message>
    <message>
        <source>light: |∂L/∂w|, largest = %1</source>
        <translation>ánh sáng: |∂L/∂w|, lớn nhất = %1</translation>
    </message>
    <message>
        <source>low</source>
        <translation>thấp</translation>
    </message>
    <message>
        <source>mean %1 = %2</source>
        <translation>TB %1 = %2</translation>
    </message>
    <message>
        <source>negative activation</source>
        <translation>kích hoạt âm</translation>
    </message>
    <message>
        <source>negative gradient</source>
        <translation>gradient âm</translation>
    </message>
    <message>
        <source>negative update</source>
        <translation>cập nhật âm</translation>
    </message>
    <message>
        <source>negative weight</source>
        <translation>trọng số âm</translation>
    </message>
    <message>
        <source>negative w·x</source>
        <translation>w·x âm</translation>
    </message>
    <message>
        <source>no gradient yet</source>
        <translation>chưa có gradient</translation>
    </message>
    <message>
        <source>no update yet</source>
        <translation>chưa có cập nhật</translation>
    </message>
    <message>
        <source>no values yet</source>
        <translation>chưa có giá trị</translation>
    </message>
    <message>
        <source>no weights yet</source>
        <translation>chưa có trọng số</translation>
    </message>
    <message>
        <source>of map %1</source>
        <translation>từ bản đồ %1</translation>
    </message>
    <message>
        <source>off while it predicts; in training %1 of the numbers become 0</source>
        <translation>tắt khi dự đoán; khi huấn luyện, %1 các số thành 0</translation>
    </message>
    <message>
        <source>off: predicts</source>
        <translation>tắt: đang dự đoán</translation>
    </message>
    <message>
        <source>patch</source>
        <translation>mảnh</translation>
    </message>
    <message>
        <source>positive weight</source>
        <translation>trọng số dương</translation>
    </message>
    <message>
        <source>positive w·x</source>
        <translation>w·x dương</translation>
    </message>
    <message>
        <source>products</source>
        <translation>các tích</translation>
    </message>
    <message>
        <source>removed: no gradient, no update</source>
        <translation>đã cắt: không gradient, không cập nhật</translation>
    </message>
    <message>
        <source>ribbon: one filter</source>
        <translation>dải: một bộ lọc</translation>
    </message>
    <message>
        <source>row %1, column %2</source>
        <translation>hàng %1, cột %2</translation>
    </message>
    <message>
        <source>showing %1 of %2 edges</source>
        <translation>hiện %1 trong %2 cạnh</translation>
    </message>
    <message>
        <source>showing the %1 strongest of %2 edges, by layer</source>
        <translation>hiện %1 cạnh mạnh nhất trong %2 cạnh, theo từng lớp</translation>
    </message>
    <message>
        <source>showing the %1 strongest of the %2 edges of this node</source>
        <translation>hiện %1 cạnh mạnh nhất trong %2 cạnh của nút này</translation>
    </message>
    <message>
        <source>strongest here:</source>
        <translation>mạnh nhất ở đây:</translation>
    </message>
    <message>
        <source>target y = %1</source>
        <translation>đích y = %1</translation>
    </message>
    <message>
        <source>the %1 strongest of %2 ribbons, by layer</source>
        <translation>%1 dải mạnh nhất trong %2 dải, theo từng lớp</translation>
    </message>
    <message>
        <source>the largest is</source>
        <translation>lớn nhất là</translation>
    </message>
    <message>
        <source>the largest of %1 numbers: %2, from %3</source>
        <translation>số lớn nhất trong %1 số: %2, từ %3</translation>
    </message>
    <message>
        <source>the mean of %1 numbers: %2 / %1 = %3</source>
        <translation>trung bình của %1 số: %2 / %1 = %3</translation>
    </message>
    <message>
        <source>thickest ribbon: %1</source>
        <translation>dải dày nhất: %1</translation>
    </message>
    <message>
        <source>thickest: %1 = %2</source>
        <translation>dày nhất: %1 = %2</translation>
    </message>
    <message>
        <source>update Δw</source>
        <translation>cập nhật Δw</translation>
    </message>
    <message>
        <source>wide layers in several columns</source>
        <translation>lớp rộng xếp thành nhiều cột</translation>
    </message>
    <message>
        <source>w·x into %1, pixel by pixel</source>
        <translation>w·x vào %1, từng điểm ảnh</translation>
    </message>
    <message>
        <source>x = %1 becomes %2</source>
        <translation>x = %1 thành %2</translation>
    </message>
    <message>
        <source>Σ / %1 =</source>
        <translation>Σ / %1 =</translation>
    </message>
    <message>
        <source>Σ products</source>
        <translation>Σ các tích</translation>
    </message>
    <message>
        <source>μ and σ² of all %1 numbers of the layer</source>
        <translation>μ và σ² của cả %1 số trong lớp</translation>
    </message>
    <message>
        <source>μ and σ² of the %1 numbers of its group of channels</source>
        <translation>μ và σ² của %1 số trong nhóm kênh của nó</translation>
    </message>
    <message>
        <source>μ and σ² of the %1 numbers of its map</source>
        <translation>μ và σ² của %1 số trong bản đồ của nó</translation>
    </message>
    <message>
        <source>μ and σ² while it predicts: the running mean and variance of its channel</source>
        <translation>μ và σ² khi dự đoán: trung bình và phương sai trượt của kênh</translation>
    </message>
    <message>
        <source>…&#xa0;%1&#xa0;more</source>
        <translation>…&#xa0;%1&#xa0;nữa</translation>
    </message>
</context>
<context>
    <name>GraphEditor</name>
    <message>
        <source>A function of every number, as a layer of its own</source>
        <translation>Một hàm áp vào từng số, đứng thành một lớp riêng</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Kích hoạt</translation>
    </message>
    <message>
        <source>Adds up all layers that lead into it</source>
        <translation>Cộng mọi lớp dẫn vào nó</translation>
    </message>
    <message>
        <source>All numbers of the image in one row</source>
        <translation>Mọi số của hình xếp thành một hàng</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Độ lệch</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>Độ lệch</translation>
    </message>
    <message>
        <source>Each neuron of this layer adds a number of its own</source>
        <translation>Mỗi nơ-ron của lớp này cộng thêm một số của riêng nó</translation>
    </message>
    <message>
        <source>Every neuron sees every number before it</source>
        <translation>Mỗi nơ-ron thấy mọi số đứng trước nó</translation>
    </message>
    <message>
        <source>Filters that slide over the image; at first they pass it on</source>
        <translation>Các bộ lọc trượt trên hình; lúc đầu chúng chỉ chuyển hình đi tiếp</translation>
    </message>
    <message>
        <source>Inputs have no weights of their own. Select a neuron or an edge.</source>
        <translation>Đầu vào không có trọng số riêng. Hãy chọn một nơ-ron hoặc một cạnh.</translation>
    </message>
    <message>
        <source>Insert behind</source>
        <translation>Chèn phía sau</translation>
    </message>
    <message>
        <source>Leaves numbers out by chance while training</source>
        <translation>Bỏ bớt các số một cách ngẫu nhiên trong lúc huấn luyện</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Neurons of this layer have no bias, so there is no number to set.</source>
        <translation>Các nơ-ron của lớp này không có độ lệch, nên không có số nào để đặt.</translation>
    </message>
    <message>
        <source>Normalises every channel of every sample</source>
        <translation>Chuẩn hoá mỗi kênh của mỗi mẫu</translation>
    </message>
    <message>
        <source>Normalises every channel over the batch</source>
        <translation>Chuẩn hoá mỗi kênh trên cả batch</translation>
    </message>
    <message>
        <source>Normalises every sample over all of its numbers</source>
        <translation>Chuẩn hoá mỗi mẫu trên mọi số của nó</translation>
    </message>
    <message>
        <source>Normalises groups of channels of every sample</source>
        <translation>Chuẩn hoá từng nhóm kênh của mỗi mẫu</translation>
    </message>
    <message>
        <source>Puts all layers that lead into it side by side</source>
        <translation>Xếp mọi lớp dẫn vào nó cạnh nhau</translation>
    </message>
    <message>
        <source>Randomise</source>
        <translation>Ngẫu nhiên</translation>
    </message>
    <message>
        <source>Re-initialise</source>
        <translation>Khởi tạo lại</translation>
    </message>
    <message>
        <source>Select an edge or a neuron first: its number is set then.</source>
        <translation>Hãy chọn một cạnh hoặc một nơ-ron trước: rồi mới đặt số cho nó.</translation>
    </message>
    <message>
        <source>Set to zero</source>
        <translation>Đặt về 0</translation>
    </message>
    <message>
        <source>The largest number of every window: a smaller image</source>
        <translation>Số lớn nhất của mỗi cửa sổ: hình nhỏ lại</translation>
    </message>
    <message>
        <source>The mean of every window: a smaller image</source>
        <translation>Trung bình của mỗi cửa sổ: hình nhỏ lại</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Trọng số</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Trọng số</translation>
    </message>
    <message>
        <source>Weights and biases</source>
        <translation>Trọng số và độ lệch</translation>
    </message>
    <message>
        <source>already connected</source>
        <translation>đã nối rồi</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>nối</translation>
    </message>
    <message>
        <source>connected with all that can follow</source>
        <translation>đã nối với mọi nơ-ron có thể đi sau</translation>
    </message>
    <message>
        <source>only forwards</source>
        <translation>chỉ nối tới lớp sau</translation>
    </message>
    <message>
        <source>to a lit neuron</source>
        <translation>đến một nơ-ron sáng</translation>
    </message>
</context>
<context>
    <name>Handles</name>
    <message>
        <source>A layer of any kind in between (Shift+Ins: the usual)</source>
        <translation>Một lớp kiểu bất kỳ ở giữa (Shift+Ins: kiểu thường dùng)</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>Thêm bộ lọc</translation>
    </message>
    <message>
        <source>Add neuron</source>
        <translation>Thêm nơ-ron</translation>
    </message>
    <message>
        <source>Insert layer</source>
        <translation>Chèn lớp</translation>
    </message>
    <message>
        <source>One more filter in this layer (Ins)</source>
        <translation>Thêm một bộ lọc vào lớp này (Ins)</translation>
    </message>
    <message>
        <source>One more neuron in this layer (Ins)</source>
        <translation>Thêm một nơ-ron vào lớp này (Ins)</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>As opened</source>
        <translation>Như lúc mở</translation>
    </message>
    <message>
        <source>Back to the settings (Escape)</source>
        <translation>Về lại các thiết lập (Escape)</translation>
    </message>
    <message>
        <source>Click an entry, or press Enter on it, to go there; nothing is lost</source>
        <translation>Bấm vào một mục, hoặc nhấn Enter ở đó, để đến lúc ấy; không mất gì cả</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Close the history</source>
        <translation>Đóng lịch sử</translation>
    </message>
    <message>
        <source>Edits and runs of training, oldest first. A new edit drops what has been undone.</source>
        <translation>Các lần sửa và các lượt huấn luyện, cũ nhất đứng đầu. Một lần sửa mới sẽ bỏ những gì đã hoàn tác.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Lịch sử</translation>
    </message>
    <message>
        <source>Oldest state kept</source>
        <translation>Lúc cũ nhất còn giữ</translation>
    </message>
    <message>
        <source>present</source>
        <translation>hiện tại</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>đã lưu</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>đã hoàn tác</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>1 neuron</source>
        <translation>1 nơ-ron</translation>
    </message>
    <message>
        <source>1 weight</source>
        <translation>1 trọng số</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Đang chọn</translation>
    </message>
    <message>
        <source>Selected · input</source>
        <translation>Đang chọn · đầu vào</translation>
    </message>
    <message>
        <source>Selected · layer</source>
        <translation>Đang chọn · lớp</translation>
    </message>
    <message>
        <source>Selected · neuron</source>
        <translation>Đang chọn · nơ-ron</translation>
    </message>
    <message>
        <source>Selected · weight</source>
        <translation>Đang chọn · trọng số</translation>
    </message>
    <message>
        <source>{number} neurons</source>
        <translation>{number} nơ-ron</translation>
    </message>
    <message>
        <source>{number} weights</source>
        <translation>{number} trọng số</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Bias</source>
        <translation>Độ lệch</translation>
    </message>
    <message>
        <source>Bias b</source>
        <translation>Độ lệch b</translation>
    </message>
    <message>
        <source>Type a number and press Enter; Escape takes it back</source>
        <translation>Gõ một số rồi nhấn Enter; Escape để bỏ</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Trọng số</translation>
    </message>
    <message>
        <source>Weight w</source>
        <translation>Trọng số w</translation>
    </message>
</context>
<context>
    <name>KeyHints</name>
    <message>
        <source>Alt+arrows: walk on</source>
        <translation>Alt+mũi tên: đi tiếp</translation>
    </message>
    <message>
        <source>Ctrl+arrows: move it</source>
        <translation>Ctrl+mũi tên: dời nó</translation>
    </message>
    <message>
        <source>Delete: cut it</source>
        <translation>Delete: cắt cạnh</translation>
    </message>
    <message>
        <source>Delete: remove it</source>
        <translation>Delete: xoá nó</translation>
    </message>
    <message>
        <source>Enter or digits: set its weight</source>
        <translation>Enter hoặc phím số: đặt trọng số</translation>
    </message>
    <message>
        <source>Enter: enlarge its map</source>
        <translation>Enter: phóng to bản đồ của nó</translation>
    </message>
    <message>
        <source>Enter: its edges</source>
        <translation>Enter: các cạnh của nó</translation>
    </message>
    <message>
        <source>Esc: select nothing</source>
        <translation>Esc: bỏ chọn</translation>
    </message>
    <message>
        <source>Page Up, Page Down: layer before, next</source>
        <translation>Page Up, Page Down: lớp trước, lớp sau</translation>
    </message>
    <message>
        <source>Shift+Enter: its edges</source>
        <translation>Shift+Enter: các cạnh của nó</translation>
    </message>
    <message>
        <source>arrows: walk on</source>
        <translation>mũi tên: đi tiếp</translation>
    </message>
    <message>
        <source>digits: set its bias</source>
        <translation>phím số: đặt độ lệch</translation>
    </message>
    <message>
        <source>digits: set this input</source>
        <translation>phím số: đặt đầu vào này</translation>
    </message>
</context>
<context>
    <name>LayerFields</name>
    <message>
        <source>Activation</source>
        <translation>Kích hoạt</translation>
    </message>
    <message>
        <source>Filter frozen</source>
        <translation>Bộ lọc đóng băng</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Đóng băng</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Đóng băng</translation>
    </message>
    <message>
        <source>Layer frozen</source>
        <translation>Đóng băng lớp</translation>
    </message>
    <message>
        <source>Layers frozen</source>
        <translation>Đóng băng các lớp</translation>
    </message>
    <message>
        <source>Thaw</source>
        <translation>Rã đông</translation>
    </message>
    <message>
        <source>The activation function of the whole layer; weights are kept</source>
        <translation>Hàm kích hoạt của cả lớp; trọng số được giữ nguyên</translation>
    </message>
    <message>
        <source>The whole layer is frozen: thaw it first</source>
        <translation>Cả lớp đang đóng băng: hãy rã đông lớp trước</translation>
    </message>
    <message>
        <source>Training leaves all weights and biases of the layer as they are</source>
        <translation>Huấn luyện để nguyên mọi trọng số và độ lệch của lớp</translation>
    </message>
    <message>
        <source>Training leaves the weight as it is; it is used all the same</source>
        <translation>Huấn luyện để nguyên trọng số này; nó vẫn được dùng như thường</translation>
    </message>
    <message>
        <source>Training leaves the weights and the bias of the filter (K)</source>
        <translation>Huấn luyện không đụng đến trọng số và độ lệch của bộ lọc (K)</translation>
    </message>
</context>
<context>
    <name>LayerSettings</name>
    <message>
        <source>Activation</source>
        <translation>Kích hoạt</translation>
    </message>
    <message>
        <source>Added to the variance, so that nothing is divided by 0</source>
        <translation>Được cộng vào phương sai, để không phải chia cho 0</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>Độ lệch</translation>
    </message>
    <message>
        <source>By how many pixels the window moves from place to place, down and across</source>
        <translation>Mỗi lần dời, cửa sổ đi bao nhiêu điểm ảnh, theo chiều dọc và chiều ngang</translation>
    </message>
    <message>
        <source>Each neuron or filter of this layer adds a number of its own</source>
        <translation>Mỗi nơ-ron hay bộ lọc của lớp này cộng thêm một số của riêng nó</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Bộ lọc</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Hàm</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Số nhóm</translation>
    </message>
    <message>
        <source>Height and width of the window in pixels</source>
        <translation>Chiều cao và chiều rộng của cửa sổ, tính bằng điểm ảnh</translation>
    </message>
    <message>
        <source>How much of each batch goes into the running mean and variance: 0 none, 1 all</source>
        <translation>Mỗi batch góp bao nhiêu vào trung bình và phương sai trượt: 0 là không góp gì, 1 là tất cả</translation>
    </message>
    <message>
        <source>Into how many groups the channels are divided; each is normalised by itself</source>
        <translation>Các kênh được chia thành bao nhiêu nhóm; mỗi nhóm được chuẩn hoá riêng</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Quán tính</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>Nơ-ron</translation>
    </message>
    <message>
        <source>Number of filters, each of which makes one map; new ones change nothing yet</source>
        <translation>Số bộ lọc, mỗi bộ lọc tạo một bản đồ; bộ lọc mới chưa thay đổi gì</translation>
    </message>
    <message>
        <source>Number of neurons; new ones start silent and change nothing yet</source>
        <translation>Số nơ-ron; nơ-ron mới lúc đầu im lặng, chưa thay đổi gì</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>Padding</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Tỉ lệ</translation>
    </message>
    <message>
        <source>Rows and columns of nothing put around the image on each side</source>
        <translation>Các hàng và cột rỗng đặt thêm quanh hình, ở mỗi phía</translation>
    </message>
    <message>
        <source>Share of the numbers left out while training</source>
        <translation>Phần các số bị bỏ ra trong lúc huấn luyện</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>Stride</translation>
    </message>
    <message>
        <source>The activation function of this layer; weights are kept</source>
        <translation>Hàm kích hoạt của lớp này; trọng số được giữ nguyên</translation>
    </message>
    <message>
        <source>What is done to every number</source>
        <translation>Việc được làm với mỗi số</translation>
    </message>
    <message>
        <source>What the layer is called in files and in messages; Enter takes what was typed</source>
        <translation>Tên của lớp trong tệp và trong thông báo; Enter để nhận tên vừa gõ</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Cửa sổ</translation>
    </message>
    <message>
        <source>{number} groups</source>
        <translation>{number} nhóm</translation>
    </message>
    <message>
        <source>{setting}, across</source>
        <translation>{setting}, ngang</translation>
    </message>
    <message>
        <source>{setting}, down</source>
        <translation>{setting}, dọc</translation>
    </message>
    <message>
        <source>ε</source>
        <translation>ε</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source>1[{z} &gt; {least}]</source>
        <translation>1[{z} &gt; {least}]</translation>
    </message>
    <message>
        <source>1[{z} &gt; {least}] = {value}</source>
        <translation>1[{z} &gt; {least}] = {value}</translation>
    </message>
    <message>
        <source>2λw is added to each weight&apos;s gradient, which pulls the weight towards 0.</source>
        <translation>Gradient của mỗi trọng số được cộng thêm 2λw, kéo trọng số về phía 0.</translation>
    </message>
    <message>
        <source>A cell collects from every place whose window saw it: the weight that it met there passes that place&apos;s signal on.</source>
        <translation>Một ô gom về từ mọi chỗ có cửa sổ đã thấy nó: trọng số mà ô gặp ở đó chuyển tiếp tín hiệu của chỗ ấy.</translation>
    </message>
    <message>
        <source>A filter&apos;s bias is added at every place: its gradient is the sum over its map&apos;s signals.</source>
        <translation>Độ lệch của bộ lọc được cộng vào ở mọi chỗ: gradient của nó là tổng các tín hiệu trên bản đồ.</translation>
    </message>
    <message>
        <source>A larger bias would make the loss smaller.</source>
        <translation>Độ lệch lớn hơn sẽ làm mất mát nhỏ đi.</translation>
    </message>
    <message>
        <source>A larger weight would make the loss smaller.</source>
        <translation>Trọng số lớn hơn sẽ làm mất mát nhỏ đi.</translation>
    </message>
    <message>
        <source>A larger {letter} would make the loss smaller.</source>
        <translation>{letter} lớn hơn sẽ làm mất mát nhỏ đi.</translation>
    </message>
    <message>
        <source>A larger {name} would make the loss smaller.</source>
        <translation>{name} lớn hơn sẽ làm mất mát nhỏ đi.</translation>
    </message>
    <message>
        <source>A sample&apos;s gradient depends on the other samples, as its numbers did.</source>
        <translation>Gradient của một mẫu phụ thuộc vào các mẫu khác, giống như các số của nó lúc nãy.</translation>
    </message>
    <message>
        <source>A single number is its own mean: whatever it was, 0 is left of it.</source>
        <translation>Một số đứng một mình thì trung bình là chính nó: dù nó là bao nhiêu, cũng chỉ còn lại 0.</translation>
    </message>
    <message>
        <source>A smaller bias would make the loss smaller.</source>
        <translation>Độ lệch nhỏ hơn sẽ làm mất mát nhỏ đi.</translation>
    </message>
    <message>
        <source>A smaller weight would make the loss smaller.</source>
        <translation>Trọng số nhỏ hơn sẽ làm mất mát nhỏ đi.</translation>
    </message>
    <message>
        <source>A smaller {letter} would make the loss smaller.</source>
        <translation>{letter} nhỏ hơn sẽ làm mất mát nhỏ đi.</translation>
    </message>
    <message>
        <source>A smaller {name} would make the loss smaller.</source>
        <translation>{name} nhỏ hơn sẽ làm mất mát nhỏ đi.</translation>
    </message>
    <message>
        <source>A step is flat on both sides: its slope is 0, so no gradient gets through.</source>
        <translation>Hàm bậc thang phẳng ở cả hai bên: độ dốc của nó là 0, nên không gradient nào qua được.</translation>
    </message>
    <message>
        <source>A sum of no more than a millionth counts as 0: that much may be rounding.</source>
        <translation>Tổng không quá một phần triệu được coi là 0: chừng ấy có thể chỉ do làm tròn.</translation>
    </message>
    <message>
        <source>A sum over s adds up all {count} samples.</source>
        <translation>Tổng theo s cộng cả {count} mẫu lại.</translation>
    </message>
    <message>
        <source>A sum passes the gradient as it is to each of the {count} layers that were added: each gets all of it.</source>
        <translation>Phép cộng chuyển nguyên gradient cho từng lớp trong {count} lớp đã cộng: lớp nào cũng nhận trọn.</translation>
    </message>
    <message>
        <source>A weight&apos;s gradient is the signal that came back to its neuron times what the weight was multiplied by.</source>
        <translation>Gradient của một trọng số là tín hiệu đã quay về nơ-ron của nó, nhân với số mà trọng số ấy đã nhân lúc đi tới.</translation>
    </message>
    <message>
        <source>Activations of layer {layer}</source>
        <translation>Giá trị kích hoạt của lớp {layer}</translation>
    </message>
    <message>
        <source>All answers are right, e = 0: they send no gradient back.</source>
        <translation>Mọi câu trả lời đều đúng, e = 0: chúng không gửi gradient nào về.</translation>
    </message>
    <message>
        <source>All answers are right: they send no gradient back.</source>
        <translation>Mọi câu trả lời đều đúng: chúng không gửi gradient nào về.</translation>
    </message>
    <message>
        <source>All gradients together are longer than {longest}: each is multiplied by {share}, so that their direction stays and their length becomes {longest}.</source>
        <translation>Tất cả gradient tính chung dài hơn {longest}: mỗi gradient được nhân với {share}, để hướng giữ nguyên còn độ dài thành {longest}.</translation>
    </message>
    <message>
        <source>All gradients together are no longer than {longest}: they stay as they are.</source>
        <translation>Tất cả gradient tính chung không dài hơn {longest}: chúng được giữ nguyên.</translation>
    </message>
    <message>
        <source>All sums are on the right side, e = 0: they send no gradient back.</source>
        <translation>Mọi tổng đều ở đúng phía, e = 0: chúng không gửi gradient nào về.</translation>
    </message>
    <message>
        <source>All sums are on the right side: they send no gradient back.</source>
        <translation>Mọi tổng đều ở đúng phía: chúng không gửi gradient nào về.</translation>
    </message>
    <message>
        <source>All {outputs} outputs should fall.</source>
        <translation>Cả {outputs} đầu ra đều cần giảm.</translation>
    </message>
    <message>
        <source>All {outputs} outputs should rise.</source>
        <translation>Cả {outputs} đầu ra đều cần tăng.</translation>
    </message>
    <message>
        <source>An answer below {least} or above 1 − {least} is held there, so that its logarithm stays within bounds.</source>
        <translation>Câu trả lời dưới {least} hay trên 1 − {least} được giữ lại ở mốc ấy, để logarit của nó không vượt giới hạn.</translation>
    </message>
    <message>
        <source>An answer below {least} or above 1 − {least} is held there, where the loss has no slope in it.</source>
        <translation>Câu trả lời dưới {least} hay trên 1 − {least} được giữ lại ở mốc ấy, nơi mất mát không có độ dốc theo nó.</translation>
    </message>
    <message>
        <source>An input collects what comes back along its edges, too. It is given, not learned: its gradient tells how the loss would change with it.</source>
        <translation>Đầu vào cũng gom những gì quay về theo các cạnh của nó. Nó được cho sẵn, không phải do học: gradient của nó cho biết mất mát sẽ đổi ra sao khi nó đổi.</translation>
    </message>
    <message>
        <source>Back from the means to layer {layer}</source>
        <translation>Ngược từ các trung bình về lớp {layer}</translation>
    </message>
    <message>
        <source>Back through map {channel} of layer {layer}</source>
        <translation>Ngược qua bản đồ {channel} của lớp {layer}</translation>
    </message>
    <message>
        <source>Back through neuron {name}</source>
        <translation>Ngược qua nơ-ron {name}</translation>
    </message>
    <message>
        <source>Back through the activations of layer {layer}</source>
        <translation>Ngược qua hàm kích hoạt của lớp {layer}</translation>
    </message>
    <message>
        <source>Back through γ of layer {layer}</source>
        <translation>Ngược qua γ của lớp {layer}</translation>
    </message>
    <message>
        <source>Back to layer {layer}</source>
        <translation>Ngược về lớp {layer}</translation>
    </message>
    <message>
        <source>Back to layer {layer}, by the running variance</source>
        <translation>Ngược về lớp {layer}, theo phương sai trượt</translation>
    </message>
    <message>
        <source>Back to layer {layer}, its part alone</source>
        <translation>Ngược về lớp {layer}, chỉ phần của nó</translation>
    </message>
    <message>
        <source>Back to layer {layer}, past the sum</source>
        <translation>Ngược về lớp {layer}, qua phép cộng</translation>
    </message>
    <message>
        <source>Back to layer {layer}, past what was left out</source>
        <translation>Ngược về lớp {layer}, chừa các số bị bỏ</translation>
    </message>
    <message>
        <source>Back to layer {layer}, through mean and variance</source>
        <translation>Ngược về lớp {layer}, qua trung bình và phương sai</translation>
    </message>
    <message>
        <source>Back to the input</source>
        <translation>Ngược về đầu vào</translation>
    </message>
    <message>
        <source>Back to the winners in layer {layer}</source>
        <translation>Ngược về các số thắng ở lớp {layer}</translation>
    </message>
    <message>
        <source>Backward pass</source>
        <translation>Lan truyền ngược</translation>
    </message>
    <message>
        <source>Binary cross-entropy: being confidently wrong costs most.</source>
        <translation>Entropy chéo nhị phân: sai mà lại tự tin thì phải trả giá đắt nhất.</translation>
    </message>
    <message>
        <source>Both outputs should fall.</source>
        <translation>Cả hai đầu ra đều cần giảm.</translation>
    </message>
    <message>
        <source>Both outputs should rise.</source>
        <translation>Cả hai đầu ra đều cần tăng.</translation>
    </message>
    <message>
        <source>Cross-entropy and sigmoid are taken together: ∂L/∂ŷ and σ′(z) cancel to the plain error ŷ − y.</source>
        <translation>Entropy chéo và sigmoid được tính chung: ∂L/∂ŷ và σ′(z) rút gọn với nhau, chỉ còn sai số đơn thuần ŷ − y.</translation>
    </message>
    <message>
        <source>Cross-entropy and softmax are taken together: what is left of both is the plain error ŷ − y.</source>
        <translation>Entropy chéo và softmax được tính chung: cả hai chỉ còn lại sai số đơn thuần ŷ − y.</translation>
    </message>
    <message>
        <source>Cross-entropy and softmax are taken together: ŷ times the sum of the targets is left, less the targets. Their sum is not 1 here, so that this is not the simple error.</source>
        <translation>Entropy chéo và softmax được tính chung: còn lại ŷ nhân với tổng các đích, trừ đi các đích. Tổng các đích ở đây không bằng 1, nên đây không phải là sai số đơn thuần.</translation>
    </message>
    <message>
        <source>Cross-entropy: each output&apos;s logarithm counts by its target.</source>
        <translation>Entropy chéo: logarit của mỗi đầu ra được tính nặng nhẹ theo đích của nó.</translation>
    </message>
    <message>
        <source>Cross-entropy: only the probability of the right class counts.</source>
        <translation>Entropy chéo: chỉ tính xác suất của loại đúng.</translation>
    </message>
    <message>
        <source>Each neuron collects what comes back along its edges: each weight passes its neuron&apos;s signal on.</source>
        <translation>Mỗi nơ-ron gom những gì quay về theo các cạnh của nó: mỗi trọng số chuyển tiếp tín hiệu của nơ-ron mà nó dẫn vào.</translation>
    </message>
    <message>
        <source>Each neuron multiplies what comes in by its weights and adds it up, with its bias on top.</source>
        <translation>Mỗi nơ-ron nhân những gì đi vào với các trọng số của nó rồi cộng lại, và cộng thêm độ lệch của mình.</translation>
    </message>
    <message>
        <source>Each neuron multiplies what comes in by its weights and adds it up.</source>
        <translation>Mỗi nơ-ron nhân những gì đi vào với các trọng số của nó rồi cộng lại.</translation>
    </message>
    <message>
        <source>Each number is left out with probability {rate}; the others are multiplied by 1/(1 − {rate}) = {scale}, so that on average their sum stays the same.</source>
        <translation>Mỗi số bị bỏ với xác suất {rate}; các số còn lại được nhân với 1/(1 − {rate}) = {scale}, nhờ vậy, tính trung bình, tổng vẫn như cũ.</translation>
    </message>
    <message>
        <source>Each number of a window has 1/{count} of its mean, and so of its gradient.</source>
        <translation>Mỗi số trong cửa sổ góp 1/{count} vào trung bình, nên cũng nhận phần gradient bằng chừng ấy.</translation>
    </message>
    <message>
        <source>Each number&apos;s gradient goes back to where the number came from.</source>
        <translation>Gradient của mỗi số quay về nơi số ấy đã đi ra.</translation>
    </message>
    <message>
        <source>Each of the {count} filters slides over the image: at every place it multiplies what it sees by its weights and adds it up.</source>
        <translation>Mỗi bộ lọc trong {count} bộ lọc trượt trên hình: ở mỗi chỗ, nó nhân những gì nó thấy với các trọng số của mình rồi cộng lại.</translation>
    </message>
    <message>
        <source>Each of the {count} samples adds its share.</source>
        <translation>Mỗi mẫu trong {count} mẫu cộng thêm phần của mình.</translation>
    </message>
    <message>
        <source>Each output is pulled by its target, the harder the smaller the output was.</source>
        <translation>Mỗi đầu ra bị đích của nó kéo, đầu ra càng nhỏ thì kéo càng mạnh.</translation>
    </message>
    <message>
        <source>Each parameter&apos;s step is divided by the usual size of its gradient.</source>
        <translation>Bước của mỗi tham số được chia cho độ lớn thường gặp của gradient tham số ấy.</translation>
    </message>
    <message>
        <source>Each signal passes on times the γ of its channel.</source>
        <translation>Mỗi tín hiệu được nhân với γ của kênh mình rồi đi tiếp.</translation>
    </message>
    <message>
        <source>Each sum moves every share, since they add up to 1: what the others lose is taken off.</source>
        <translation>Mỗi tổng làm mọi phần thay đổi, vì các phần cộng lại bằng 1: những gì các phần khác mất thì bị trừ đi.</translation>
    </message>
    <message>
        <source>Every gradient is 0: nothing moves.</source>
        <translation>Mọi gradient đều là 0: không có gì thay đổi.</translation>
    </message>
    <message>
        <source>Every gradient of {name} is 0 here: it stays as it is.</source>
        <translation>Mọi gradient của {name} ở đây đều là 0: nó giữ nguyên.</translation>
    </message>
    <message>
        <source>Filter {channel} of layer {layer} is frozen</source>
        <translation>Bộ lọc {channel} của lớp {layer} đang đóng băng</translation>
    </message>
    <message>
        <source>Filter {channel} of layer {layer} learns</source>
        <translation>Bộ lọc {channel} của lớp {layer} học</translation>
    </message>
    <message>
        <source>Forward pass</source>
        <translation>Lan truyền tiến</translation>
    </message>
    <message>
        <source>How wrong is the answer?</source>
        <translation>Câu trả lời sai bao nhiêu?</translation>
    </message>
    <message>
        <source>In this step {count} of {units} are left out.</source>
        <translation>Ở bước này, {count} trong {units} số bị bỏ.</translation>
    </message>
    <message>
        <source>In this step {count} of {units} is left out.</source>
        <translation>Ở bước này, {count} trong {units} số bị bỏ.</translation>
    </message>
    <message>
        <source>In this step {name} is left out.</source>
        <translation>Ở bước này, {name} bị bỏ.</translation>
    </message>
    <message>
        <source>In this step {name} stays.</source>
        <translation>Ở bước này, {name} được giữ lại.</translation>
    </message>
    <message>
        <source>Is the gradient too long?</source>
        <translation>Gradient có quá dài không?</translation>
    </message>
    <message>
        <source>It counts weights alone: biases are left as they are.</source>
        <translation>Nó chỉ tính trọng số: độ lệch được để yên.</translation>
    </message>
    <message>
        <source>It counts weights alone: biases, γ and β are left as they are.</source>
        <translation>Nó chỉ tính trọng số: độ lệch, γ và β được để yên.</translation>
    </message>
    <message>
        <source>L2 adds {l2} times the sum of all squared weights, so large weights must earn their keep.</source>
        <translation>L2 cộng thêm {l2} lần tổng bình phương mọi trọng số, nên trọng số lớn phải đáng với cái giá của nó.</translation>
    </message>
    <message>
        <source>Layer {layer} adds what it reads</source>
        <translation>Lớp {layer} cộng những gì nó đọc</translation>
    </message>
    <message>
        <source>Layer {layer} also feeds others: this share adds to what has already come back.</source>
        <translation>Lớp {layer} còn dẫn vào các lớp khác nữa: phần này cộng thêm vào những gì đã quay về.</translation>
    </message>
    <message>
        <source>Layer {layer} begins with the numbers of layer {source} as they are.</source>
        <translation>Lớp {layer} bắt đầu bằng các số của lớp {source}, giữ nguyên.</translation>
    </message>
    <message>
        <source>Layer {layer} gets the gradients of its own {count} numbers, as they are.</source>
        <translation>Lớp {layer} nhận gradient của {count} số của chính nó, giữ nguyên.</translation>
    </message>
    <message>
        <source>Layer {layer} is frozen</source>
        <translation>Lớp {layer} đang đóng băng</translation>
    </message>
    <message>
        <source>Layer {layer} lays what it reads side by side</source>
        <translation>Lớp {layer} xếp những gì nó đọc cạnh nhau</translation>
    </message>
    <message>
        <source>Layer {layer} learns</source>
        <translation>Lớp {layer} học</translation>
    </message>
    <message>
        <source>Layer {layer} normalises what it reads</source>
        <translation>Lớp {layer} chuẩn hoá những gì nó đọc</translation>
    </message>
    <message>
        <source>Layer {layer} scales and shifts: γ and β</source>
        <translation>Lớp {layer} co giãn và dời: γ và β</translation>
    </message>
    <message>
        <source>Layer {layer}: {said}</source>
        <translation>Lớp {layer}: {said}</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Mất mát</translation>
    </message>
    <message>
        <source>M and V follow the batch&apos;s mean and variance: {kept} of what they were, {share} of this batch&apos;s. No gradient moves them; the network predicts by them.</source>
        <translation>M và V bám theo trung bình và phương sai của batch: lấy {kept} lần giá trị cũ cộng {share} lần giá trị của batch này. Không gradient nào làm chúng thay đổi; mạng dùng chúng để dự đoán.</translation>
    </message>
    <message>
        <source>Map {channel} of layer {layer}</source>
        <translation>Bản đồ {channel} của lớp {layer}</translation>
    </message>
    <message>
        <source>Mean and variance are over all {count} numbers of this sample alone.</source>
        <translation>Trung bình và phương sai được tính trên cả {count} số, chỉ của riêng mẫu này.</translation>
    </message>
    <message>
        <source>Mean and variance are over map {channel} of all {samples} samples of the batch: {count} numbers.</source>
        <translation>Trung bình và phương sai được tính trên bản đồ {channel} của cả {samples} mẫu trong batch: {count} số.</translation>
    </message>
    <message>
        <source>Mean and variance are over maps {first} to {last} together, of this sample alone: {count} numbers.</source>
        <translation>Trung bình và phương sai được tính chung trên các bản đồ {first} đến {last}, chỉ của riêng mẫu này: {count} số.</translation>
    </message>
    <message>
        <source>Mean and variance are over numbers {first} to {last} of this sample alone.</source>
        <translation>Trung bình và phương sai được tính trên các số thứ {first} đến {last}, chỉ của riêng mẫu này.</translation>
    </message>
    <message>
        <source>Mean and variance are over the {count} places of map {channel}, of this sample alone.</source>
        <translation>Trung bình và phương sai được tính trên {count} chỗ của bản đồ {channel}, chỉ của riêng mẫu này.</translation>
    </message>
    <message>
        <source>Mean and variance depend on every number, too, so the gradient comes back through both: what would move all of them alike, or only spread them, is taken off.</source>
        <translation>Trung bình và phương sai cũng phụ thuộc vào từng số, nên gradient quay về qua cả hai: phần nào chỉ đẩy mọi số đi như nhau, hoặc chỉ làm chúng giãn ra, thì bị trừ đi.</translation>
    </message>
    <message>
        <source>Mean and variance of each number are over the {samples} samples of the batch, not over its neighbours.</source>
        <translation>Trung bình và phương sai của mỗi số được tính trên {samples} mẫu trong batch, không phải trên các hàng xóm của nó.</translation>
    </message>
    <message>
        <source>Momentum, and each parameter&apos;s step divided by the usual size of its gradient; both averages are corrected for their start at 0. This is update {count}.</source>
        <translation>Quán tính, và bước của mỗi tham số được chia cho độ lớn thường gặp của gradient tham số ấy; cả hai số trung bình được chỉnh lại vì bắt đầu từ 0. Đây là lần cập nhật thứ {count}.</translation>
    </message>
    <message>
        <source>Multiplied by the activation&apos;s slope, the gradient passes from what a neuron answered to its sum.</source>
        <translation>Được nhân với độ dốc của hàm kích hoạt, gradient đi từ câu trả lời của nơ-ron về tổng của nó.</translation>
    </message>
    <message>
        <source>Neuron {name}</source>
        <translation>Nơ-ron {name}</translation>
    </message>
    <message>
        <source>Neuron {name} is frozen</source>
        <translation>Nơ-ron {name} đang đóng băng</translation>
    </message>
    <message>
        <source>Neuron {name} learns</source>
        <translation>Nơ-ron {name} học</translation>
    </message>
    <message>
        <source>Neuron {name} stays as it is</source>
        <translation>Nơ-ron {name} giữ nguyên</translation>
    </message>
    <message>
        <source>No gradient reaches this weight.</source>
        <translation>Không gradient nào về đến trọng số này.</translation>
    </message>
    <message>
        <source>No weights longer than {longest}</source>
        <translation>Trọng số không dài quá {longest}</translation>
    </message>
    <message>
        <source>None of the {rows} is longer: nothing changes.</source>
        <translation>Trong {rows} nhóm, không nhóm nào dài hơn: không có gì thay đổi.</translation>
    </message>
    <message>
        <source>Nothing pulls at any output.</source>
        <translation>Không có gì kéo đầu ra nào cả.</translation>
    </message>
    <message>
        <source>Nothing reaches the sum of {name}.</source>
        <translation>Không có gì về đến tổng của {name}.</translation>
    </message>
    <message>
        <source>Nothing will change.</source>
        <translation>Sẽ không có gì thay đổi.</translation>
    </message>
    <message>
        <source>Of each window only the largest number goes on: the maps get smaller, what stood out stays.</source>
        <translation>Từ mỗi cửa sổ, chỉ số lớn nhất đi tiếp: bản đồ nhỏ lại, những gì nổi bật vẫn còn.</translation>
    </message>
    <message>
        <source>Of each window the mean goes on: every number in it counts the same.</source>
        <translation>Từ mỗi cửa sổ, trung bình đi tiếp: mọi số trong đó được tính như nhau.</translation>
    </message>
    <message>
        <source>Of output {name} what counts is {answer}, its target is {target}.</source>
        <translation>Ở đầu ra {name}, cái được tính là {answer}, đích của nó là {target}.</translation>
    </message>
    <message>
        <source>One output should rise, the other should fall.</source>
        <translation>Một đầu ra cần tăng, đầu ra kia cần giảm.</translation>
    </message>
    <message>
        <source>One weight of a filter is used at {places} places of each of the {samples} samples, so its gradient is the sum over all of them.</source>
        <translation>Một trọng số của bộ lọc được dùng ở {places} chỗ trên mỗi mẫu trong {samples} mẫu, nên gradient của nó là tổng trên mọi chỗ ấy.</translation>
    </message>
    <message>
        <source>One weight of a filter is used at {places} places, so its gradient is the sum over all of them.</source>
        <translation>Một trọng số của bộ lọc được dùng ở {places} chỗ, nên gradient của nó là tổng trên mọi chỗ ấy.</translation>
    </message>
    <message>
        <source>Only the direction of the error counts, not its size.</source>
        <translation>Chỉ tính hướng của sai số, không tính độ lớn.</translation>
    </message>
    <message>
        <source>Only the penalty will move the weights.</source>
        <translation>Chỉ có phần phạt sẽ làm các trọng số thay đổi.</translation>
    </message>
    <message>
        <source>Only the right class is pulled, the harder the less probable it was.</source>
        <translation>Chỉ loại đúng bị kéo, xác suất của nó càng thấp thì kéo càng mạnh.</translation>
    </message>
    <message>
        <source>Only the winner gets the gradient, though another was as large here.</source>
        <translation>Chỉ số thắng nhận gradient, dù ở đây có số khác cũng lớn bằng nó.</translation>
    </message>
    <message>
        <source>Only the winner gets the gradient: had another number of the window been a little larger, nothing would have changed.</source>
        <translation>Chỉ số thắng nhận gradient: giá như một số khác trong cửa sổ lớn hơn một chút, cũng chẳng có gì thay đổi.</translation>
    </message>
    <message>
        <source>Output {name} answers {answer}, its target is {target}.</source>
        <translation>Đầu ra {name} trả lời {answer}, đích của nó là {target}.</translation>
    </message>
    <message>
        <source>Positive sums pass as they are, negative ones are multiplied by {slope}, which is frozen here.</source>
        <translation>Tổng dương được giữ nguyên, tổng âm được nhân với {slope}, số này ở đây đang đóng băng.</translation>
    </message>
    <message>
        <source>Positive sums pass as they are, negative ones are multiplied by {slope}, which is itself learned.</source>
        <translation>Tổng dương được giữ nguyên, tổng âm được nhân với {slope}, số này cũng do mạng học.</translation>
    </message>
    <message>
        <source>Positive sums pass as they are, negative ones are multiplied by {slope}.</source>
        <translation>Tổng dương được giữ nguyên, tổng âm được nhân với {slope}.</translation>
    </message>
    <message>
        <source>Positive sums pass as they are, negative ones become 0.</source>
        <translation>Tổng dương được giữ nguyên, tổng âm thành 0.</translation>
    </message>
    <message>
        <source>Positive sums pass as they are, negative ones bend smoothly towards −1.</source>
        <translation>Tổng dương được giữ nguyên, tổng âm uốn êm dần về −1.</translation>
    </message>
    <message>
        <source>PyTorch&apos;s RMSprop adds ε outside the root, and its usual ρ is 0.99.</source>
        <translation>RMSprop của PyTorch cộng ε ở ngoài căn, và ρ thường dùng của nó là 0,99.</translation>
    </message>
    <message>
        <source>Shown is the channel whose γ has the steepest gradient.</source>
        <translation>Đang hiện kênh mà γ của nó có gradient dốc nhất.</translation>
    </message>
    <message>
        <source>Shown is the strongest sum of the map, that of {name}.</source>
        <translation>Đang hiện tổng mạnh nhất trên bản đồ, của {name}.</translation>
    </message>
    <message>
        <source>Shown is the strongest sum, that of {name}.</source>
        <translation>Đang hiện tổng mạnh nhất, của {name}.</translation>
    </message>
    <message>
        <source>Shown is the weight of this filter with the steepest gradient.</source>
        <translation>Đang hiện trọng số có gradient dốc nhất của bộ lọc này.</translation>
    </message>
    <message>
        <source>Shown is the weight with the steepest gradient.</source>
        <translation>Đang hiện trọng số có gradient dốc nhất.</translation>
    </message>
    <message>
        <source>So no sample can be walked by itself here: its numbers depend on the others of its batch.</source>
        <translation>Vì vậy ở đây không thể đi qua riêng một mẫu: các số của mẫu phụ thuộc vào những mẫu khác trong batch.</translation>
    </message>
    <message>
        <source>So the sum of {name} should fall.</source>
        <translation>Vậy tổng của {name} cần giảm.</translation>
    </message>
    <message>
        <source>So the sum of {name} should rise.</source>
        <translation>Vậy tổng của {name} cần tăng.</translation>
    </message>
    <message>
        <source>Softmax of a single sum is 1, whatever the sum.</source>
        <translation>Softmax của một tổng duy nhất luôn là 1, dù tổng ấy là bao nhiêu.</translation>
    </message>
    <message>
        <source>Softmax of a single sum never moves: no gradient gets through.</source>
        <translation>Softmax của một tổng duy nhất không bao giờ đổi: không gradient nào qua được.</translation>
    </message>
    <message>
        <source>Softmax turns the sums into shares that add up to 1.</source>
        <translation>Softmax biến các tổng thành các phần cộng lại bằng 1.</translation>
    </message>
    <message>
        <source>Softmax turns the sums into shares that add up to 1: one probability a class.</source>
        <translation>Softmax biến các tổng thành các phần cộng lại bằng 1: mỗi loại một xác suất.</translation>
    </message>
    <message>
        <source>Some numbers of layer {layer} are left out</source>
        <translation>Bỏ bớt các số của lớp {layer}</translation>
    </message>
    <message>
        <source>The answer is a hair above its target {target}: it should fall that much.</source>
        <translation>Câu trả lời cao hơn đích {target} một chút xíu: nó cần giảm đúng chừng ấy.</translation>
    </message>
    <message>
        <source>The answer is a hair below its target {target}: it should rise that much.</source>
        <translation>Câu trả lời thấp hơn đích {target} một chút xíu: nó cần tăng đúng chừng ấy.</translation>
    </message>
    <message>
        <source>The answer is its target {target}: nothing pulls at it.</source>
        <translation>Câu trả lời đúng bằng đích {target}: không có gì kéo nó.</translation>
    </message>
    <message>
        <source>The answer is right, e = 0: it sends no gradient back.</source>
        <translation>Câu trả lời đúng, e = 0: nó không gửi gradient nào về.</translation>
    </message>
    <message>
        <source>The answer is {answer}, its target {target}.</source>
        <translation>Câu trả lời là {answer}, đích của nó là {target}.</translation>
    </message>
    <message>
        <source>The bias was multiplied by 1, so its gradient is the signal itself.</source>
        <translation>Độ lệch được nhân với 1, nên gradient của nó chính là tín hiệu ấy.</translation>
    </message>
    <message>
        <source>The edge that is taken out gets no gradient.</source>
        <translation>Cạnh đã cắt không nhận gradient.</translation>
    </message>
    <message>
        <source>The edge that is taken out has nothing to learn: its weight stays 0.</source>
        <translation>Cạnh đã cắt không có gì để học: trọng số của nó vẫn là 0.</translation>
    </message>
    <message>
        <source>The factor 1/{count} is that of the mean over {outputs} outputs.</source>
        <translation>Thừa số 1/{count} là của phép lấy trung bình trên {outputs} đầu ra.</translation>
    </message>
    <message>
        <source>The factor 1/{count} is that of the mean over {samples} samples and {outputs} outputs.</source>
        <translation>Thừa số 1/{count} là của phép lấy trung bình trên {samples} mẫu và {outputs} đầu ra.</translation>
    </message>
    <message>
        <source>The factor 1/{count} is that of the mean over {samples} samples.</source>
        <translation>Thừa số 1/{count} là của phép lấy trung bình trên {samples} mẫu.</translation>
    </message>
    <message>
        <source>The filter slides over the image: at every place it multiplies what it sees by its weights and adds it up.</source>
        <translation>Bộ lọc trượt trên hình: ở mỗi chỗ, nó nhân những gì nó thấy với các trọng số của mình rồi cộng lại.</translation>
    </message>
    <message>
        <source>The filters of layer {layer} slide over the image</source>
        <translation>Các bộ lọc của lớp {layer} trượt trên hình</translation>
    </message>
    <message>
        <source>The gradient of the filters of layer {layer}</source>
        <translation>Gradient của các bộ lọc ở lớp {layer}</translation>
    </message>
    <message>
        <source>The gradient points uphill; each parameter goes downhill, by η times its gradient.</source>
        <translation>Gradient chỉ hướng lên dốc; mỗi tham số đi xuống dốc, một đoạn bằng η nhân gradient của nó.</translation>
    </message>
    <message>
        <source>The hyperbolic tangent squeezes each sum into the range from −1 to 1.</source>
        <translation>Hàm tanh ép mỗi tổng vào khoảng từ −1 đến 1.</translation>
    </message>
    <message>
        <source>The input</source>
        <translation>Đầu vào</translation>
    </message>
    <message>
        <source>The largest of each window of layer {layer}</source>
        <translation>Số lớn nhất của mỗi cửa sổ ở lớp {layer}</translation>
    </message>
    <message>
        <source>The learned slope gets its own gradient, from the sums that are not positive.</source>
        <translation>Độ dốc được học có gradient riêng, lấy từ các tổng không dương.</translation>
    </message>
    <message>
        <source>The loss has no slope in {name} here.</source>
        <translation>Ở đây mất mát không có độ dốc theo {name}.</translation>
    </message>
    <message>
        <source>The loss of the batch is the mean over its {count} samples.</source>
        <translation>Mất mát của batch là trung bình trên {count} mẫu của nó.</translation>
    </message>
    <message>
        <source>The loss of the batch is the sum over its {count} samples.</source>
        <translation>Mất mát của batch là tổng trên {count} mẫu của nó.</translation>
    </message>
    <message>
        <source>The maps as one row of numbers</source>
        <translation>Các bản đồ thành một hàng số</translation>
    </message>
    <message>
        <source>The mean of each window of layer {layer}</source>
        <translation>Trung bình của mỗi cửa sổ ở lớp {layer}</translation>
    </message>
    <message>
        <source>The mean of the absolute errors: every error counts by its size.</source>
        <translation>Trung bình các sai số tuyệt đối: mỗi sai số được tính theo độ lớn của nó.</translation>
    </message>
    <message>
        <source>The mean of the squared errors: large errors count most.</source>
        <translation>Trung bình các sai số bình phương: sai số lớn được tính nặng nhất.</translation>
    </message>
    <message>
        <source>The momentum is 0, so nothing of the last step is kept: each parameter goes downhill, by η times its gradient.</source>
        <translation>Quán tính là 0, nên không giữ lại gì của bước trước: mỗi tham số đi xuống dốc, một đoạn bằng η nhân gradient của nó.</translation>
    </message>
    <message>
        <source>The neuron fires, 1, if its sum is above {least}, and else is silent, 0.</source>
        <translation>Nơ-ron lên tiếng (1) nếu tổng của nó lớn hơn {least}, nếu không thì im lặng (0).</translation>
    </message>
    <message>
        <source>The numbers of layer {source} are added to those that are there, each to its like.</source>
        <translation>Các số của lớp {source} được cộng vào các số đã có, số nào vào chỗ nấy.</translation>
    </message>
    <message>
        <source>The parameters move</source>
        <translation>Các tham số thay đổi</translation>
    </message>
    <message>
        <source>The penalty pulls at the weights</source>
        <translation>Phần phạt kéo các trọng số</translation>
    </message>
    <message>
        <source>The perceptron rule: each weight moves by η times the error e times its input.</source>
        <translation>Quy tắc perceptron: mỗi trọng số đi một đoạn bằng η nhân sai số e nhân đầu vào của nó.</translation>
    </message>
    <message>
        <source>The perceptron rule: each weight moves by η times the mean, over the batch, of the error e times its input.</source>
        <translation>Quy tắc perceptron: mỗi trọng số đi một đoạn bằng η nhân với trung bình, trên cả batch, của sai số e nhân đầu vào của nó.</translation>
    </message>
    <message>
        <source>The perceptron&apos;s loss: 0 for a right answer, else how far the sum is on the wrong side.</source>
        <translation>Mất mát của perceptron: trả lời đúng thì bằng 0, trả lời sai thì bằng quãng mà tổng đã lấn sang phía sai.</translation>
    </message>
    <message>
        <source>The perceptron&apos;s loss: each error {fired} − y times its sum.</source>
        <translation>Mất mát của perceptron: mỗi sai số {fired} − y nhân với tổng của nó.</translation>
    </message>
    <message>
        <source>The price of large weights</source>
        <translation>Cái giá của trọng số lớn</translation>
    </message>
    <message>
        <source>The pull grows without bound as a confident answer proves wrong.</source>
        <translation>Câu trả lời càng tự tin mà sai thì lực kéo càng lớn, lớn mãi không có giới hạn.</translation>
    </message>
    <message>
        <source>The right class is {name}: it has {answer}.</source>
        <translation>Loại đúng là {name}: nó được {answer}.</translation>
    </message>
    <message>
        <source>The row as maps again</source>
        <translation>Hàng số trở lại thành bản đồ</translation>
    </message>
    <message>
        <source>The running statistics do not depend on this sample: the gradient is only divided.</source>
        <translation>Trung bình và phương sai trượt không phụ thuộc vào mẫu này: gradient chỉ bị chia thôi.</translation>
    </message>
    <message>
        <source>The running statistics of layer {layer} follow</source>
        <translation>Trung bình và phương sai trượt ở lớp {layer} bám theo</translation>
    </message>
    <message>
        <source>The same {count} numbers in one row: map after map, each row by row. Nothing is computed, only where they stand is forgotten.</source>
        <translation>Vẫn {count} số ấy xếp thành một hàng: hết bản đồ này đến bản đồ khác, mỗi bản đồ theo từng hàng. Không tính gì cả, chỉ quên đi chỗ đứng của chúng.</translation>
    </message>
    <message>
        <source>The same {weights} weights and the same bias look at all {places} places of the image.</source>
        <translation>Vẫn {weights} trọng số ấy và độ lệch ấy nhìn vào cả {places} chỗ của hình.</translation>
    </message>
    <message>
        <source>The same {weights} weights look at all {places} places of the image.</source>
        <translation>Vẫn {weights} trọng số ấy nhìn vào cả {places} chỗ của hình.</translation>
    </message>
    <message>
        <source>The sample enters</source>
        <translation>Mẫu đi vào</translation>
    </message>
    <message>
        <source>The sample stands at the input; its target is kept until the loss.</source>
        <translation>Mẫu đứng ở đầu vào; đích của nó được giữ lại cho đến lúc tính mất mát.</translation>
    </message>
    <message>
        <source>The share of each weight of layer {layer}</source>
        <translation>Phần của mỗi trọng số ở lớp {layer}</translation>
    </message>
    <message>
        <source>The shares of γ and β of layer {layer}</source>
        <translation>Phần của γ và β ở lớp {layer}</translation>
    </message>
    <message>
        <source>The sigmoid squeezes each sum into the range from 0 to 1.</source>
        <translation>Sigmoid ép mỗi tổng vào khoảng từ 0 đến 1.</translation>
    </message>
    <message>
        <source>The signals of its map add up to 0: this bias gets no gradient.</source>
        <translation>Các tín hiệu trên bản đồ cộng lại bằng 0: độ lệch này không nhận gradient.</translation>
    </message>
    <message>
        <source>The size of the error, above or below.</source>
        <translation>Độ lớn của sai số, dù cao hơn hay thấp hơn.</translation>
    </message>
    <message>
        <source>The slope is at most {slope} here: the gradient fades on its way.</source>
        <translation>Độ dốc ở đây nhiều nhất là {slope}: gradient yếu dần trên đường đi.</translation>
    </message>
    <message>
        <source>The slope of {name} is 0 here: it lets nothing through.</source>
        <translation>Độ dốc của {name} ở đây là 0: nó không cho gì đi qua.</translation>
    </message>
    <message>
        <source>The squared error: a large one counts most.</source>
        <translation>Sai số bình phương: sai số lớn được tính nặng nhất.</translation>
    </message>
    <message>
        <source>The step builds up speed, {share} of the last one, and looks ahead along its way.</source>
        <translation>Bước đi lấy đà dần, giữ lại {share} lần bước trước, và nhìn trước theo hướng đang đi.</translation>
    </message>
    <message>
        <source>The step builds up speed: {share} of the last one is kept.</source>
        <translation>Bước đi lấy đà dần: giữ lại {share} lần bước trước.</translation>
    </message>
    <message>
        <source>The sum is on the right side, e = 0: it sends no gradient back.</source>
        <translation>Tổng ở đúng phía, e = 0: nó không gửi gradient nào về.</translation>
    </message>
    <message>
        <source>The sum of the squared errors: large errors count most.</source>
        <translation>Tổng các sai số bình phương: sai số lớn được tính nặng nhất.</translation>
    </message>
    <message>
        <source>The sum of {name} is above {least}: it fires.</source>
        <translation>Tổng của {name} lớn hơn {least}: nó lên tiếng.</translation>
    </message>
    <message>
        <source>The sum of {name} is not above {least}: it is silent.</source>
        <translation>Tổng của {name} không lớn hơn {least}: nó im lặng.</translation>
    </message>
    <message>
        <source>The sum of {name} is not positive: it is silent and passes on 0.</source>
        <translation>Tổng của {name} không dương: nó im lặng và cho ra 0.</translation>
    </message>
    <message>
        <source>The sum of {name} is positive and passes as it is.</source>
        <translation>Tổng của {name} dương nên được giữ nguyên.</translation>
    </message>
    <message>
        <source>The sum passed as it is, so its slope is 1 and the gradient passes as it is, too.</source>
        <translation>Tổng đã được giữ nguyên, nên độ dốc là 1 và gradient cũng được giữ nguyên.</translation>
    </message>
    <message>
        <source>The sum passes as it is.</source>
        <translation>Tổng được giữ nguyên.</translation>
    </message>
    <message>
        <source>The threshold has no slope, so the perceptron rule takes {fired} − y for ∂L/∂z.</source>
        <translation>Ngưỡng không có độ dốc, nên quy tắc perceptron lấy {fired} − y làm ∂L/∂z.</translation>
    </message>
    <message>
        <source>The threshold has no slope, so the perceptron rule takes {fired} − y, which is −e, for ∂L/∂z.</source>
        <translation>Ngưỡng không có độ dốc, nên quy tắc perceptron lấy {fired} − y, tức là −e, làm ∂L/∂z.</translation>
    </message>
    <message>
        <source>The variance is taken over N − 1 instead of N, as an estimate for all data.</source>
        <translation>Phương sai được chia cho N − 1 thay vì N, để ước lượng cho mọi dữ liệu.</translation>
    </message>
    <message>
        <source>The weights into one neuron, or of one filter, may be no longer together than {longest}; longer ones are all shortened by the same share.</source>
        <translation>Các trọng số đi vào một nơ-ron, hoặc của một bộ lọc, tính chung không được dài hơn {longest}; nhóm nào dài hơn thì mọi trọng số trong nhóm được rút ngắn theo cùng một tỉ lệ.</translation>
    </message>
    <message>
        <source>The window of {name} sees row {top}, column {left}.</source>
        <translation>Cửa sổ của {name} thấy hàng {top}, cột {left}.</translation>
    </message>
    <message>
        <source>The window of {name} sees rows {top} to {bottom}, columns {left} to {right}.</source>
        <translation>Cửa sổ của {name} thấy hàng {top} đến {bottom}, cột {left} đến {right}.</translation>
    </message>
    <message>
        <source>The {count} numbers of layer {source} stand at places {first} to {last}, as they are.</source>
        <translation>{count} số của lớp {source} đứng ở các vị trí {first} đến {last}, giữ nguyên.</translation>
    </message>
    <message>
        <source>Then each number says how many standard deviations it is above or below that mean.</source>
        <translation>Sau đó mỗi số cho biết nó cao hay thấp hơn trung bình ấy bao nhiêu lần độ&#xa0;lệch&#xa0;chuẩn.</translation>
    </message>
    <message>
        <source>This bias falls by {change}.</source>
        <translation>Độ lệch này giảm {change}.</translation>
    </message>
    <message>
        <source>This bias is frozen: it works, but does not learn.</source>
        <translation>Độ lệch này bị đóng băng: nó vẫn hoạt động nhưng không học.</translation>
    </message>
    <message>
        <source>This bias rises by {change}.</source>
        <translation>Độ lệch này tăng {change}.</translation>
    </message>
    <message>
        <source>This bias stays as it is.</source>
        <translation>Độ lệch này giữ nguyên.</translation>
    </message>
    <message>
        <source>This connection comes from layer {source} and adds to the sum that is already there.</source>
        <translation>Kết nối này đến từ lớp {source} và cộng thêm vào tổng đã có.</translation>
    </message>
    <message>
        <source>This edge is taken out: its weight is 0, and no gradient passes through it.</source>
        <translation>Cạnh này đã bị cắt: trọng số của nó là 0, và không gradient nào đi qua nó.</translation>
    </message>
    <message>
        <source>This slope falls by {change}.</source>
        <translation>Độ dốc này giảm {change}.</translation>
    </message>
    <message>
        <source>This slope is frozen: it works, but does not learn.</source>
        <translation>Độ dốc này bị đóng băng: nó vẫn hoạt động nhưng không học.</translation>
    </message>
    <message>
        <source>This slope rises by {change}.</source>
        <translation>Độ dốc này tăng {change}.</translation>
    </message>
    <message>
        <source>This slope stays as it is.</source>
        <translation>Độ dốc này giữ nguyên.</translation>
    </message>
    <message>
        <source>This weight falls by {change}.</source>
        <translation>Trọng số này giảm {change}.</translation>
    </message>
    <message>
        <source>This weight is frozen: it works, but does not learn.</source>
        <translation>Trọng số này đang đóng băng: nó vẫn làm việc, nhưng không học.</translation>
    </message>
    <message>
        <source>This weight rises by {change}.</source>
        <translation>Trọng số này tăng {change}.</translation>
    </message>
    <message>
        <source>This weight stays as it is.</source>
        <translation>Trọng số này giữ nguyên.</translation>
    </message>
    <message>
        <source>This {letter} gets no gradient.</source>
        <translation>{letter} này không nhận gradient.</translation>
    </message>
    <message>
        <source>This β falls by {change}.</source>
        <translation>β này giảm {change}.</translation>
    </message>
    <message>
        <source>This β is frozen: it works, but does not learn.</source>
        <translation>β này bị đóng băng: nó vẫn hoạt động nhưng không học.</translation>
    </message>
    <message>
        <source>This β rises by {change}.</source>
        <translation>β này tăng {change}.</translation>
    </message>
    <message>
        <source>This β stays as it is.</source>
        <translation>β này giữ nguyên.</translation>
    </message>
    <message>
        <source>This γ falls by {change}.</source>
        <translation>γ này giảm {change}.</translation>
    </message>
    <message>
        <source>This γ is frozen: it works, but does not learn.</source>
        <translation>γ này bị đóng băng: nó vẫn hoạt động nhưng không học.</translation>
    </message>
    <message>
        <source>This γ rises by {change}.</source>
        <translation>γ này tăng {change}.</translation>
    </message>
    <message>
        <source>This γ stays as it is.</source>
        <translation>γ này giữ nguyên.</translation>
    </message>
    <message>
        <source>To predict, running statistics stand for mean and variance, so that no sample depends on another.</source>
        <translation>Khi dự đoán, ta dùng trung bình và phương sai trượt, để không mẫu nào phụ thuộc vào mẫu khác.</translation>
    </message>
    <message>
        <source>Twice the error: the further off, the stronger the pull.</source>
        <translation>Gấp đôi sai số: sai càng xa, lực kéo càng mạnh.</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Cập nhật</translation>
    </message>
    <message>
        <source>Weighted sums of layer {layer}</source>
        <translation>Tổng có trọng số của lớp {layer}</translation>
    </message>
    <message>
        <source>What counts is {answer}, its target {target}.</source>
        <translation>Cái được tính là {answer}, đích của nó là {target}.</translation>
    </message>
    <message>
        <source>What the optimiser remembers of earlier steps will still move the weights.</source>
        <translation>Những gì bộ tối ưu còn nhớ từ các bước trước vẫn sẽ làm các trọng số thay đổi.</translation>
    </message>
    <message>
        <source>What was left out had no part in the answer and gets no gradient; the others get {scale} times theirs.</source>
        <translation>Số bị bỏ không góp gì vào câu trả lời nên không nhận gradient; các số khác nhận {scale} lần gradient của mình.</translation>
    </message>
    <message>
        <source>When the network predicts, nothing is left out and nothing multiplied.</source>
        <translation>Khi mạng dự đoán, không số nào bị bỏ, cũng không nhân gì cả.</translation>
    </message>
    <message>
        <source>When the network predicts, running statistics take the place of the batch&apos;s.</source>
        <translation>Khi mạng dự đoán, trung bình và phương sai trượt thay chỗ cho những gì tính từ batch.</translation>
    </message>
    <message>
        <source>Where it reaches over the edge it sees 0.</source>
        <translation>Ở chỗ lấn ra ngoài mép, nó thấy 0.</translation>
    </message>
    <message>
        <source>Where it reaches over the edge, 0 is counted: the sum is divided by {count} all the same.</source>
        <translation>Ở chỗ cửa sổ lấn ra ngoài mép, ta tính là 0: tổng vẫn được chia cho {count}.</translation>
    </message>
    <message>
        <source>Where γ is 1 and β is 0, as at the start, nothing changes.</source>
        <translation>Khi γ là 1 và β là 0, như lúc đầu, thì không có gì thay đổi.</translation>
    </message>
    <message>
        <source>Which way should the answer move?</source>
        <translation>Câu trả lời cần đi về hướng nào?</translation>
    </message>
    <message>
        <source>{answer} is above its target {target}: this answer should fall.</source>
        <translation>{answer} cao hơn đích {target}: câu trả lời này cần giảm.</translation>
    </message>
    <message>
        <source>{answer} is above its target {target}: this sum should fall.</source>
        <translation>{answer} cao hơn đích {target}: tổng này cần giảm.</translation>
    </message>
    <message>
        <source>{answer} is below its target {target}: this answer should rise.</source>
        <translation>{answer} thấp hơn đích {target}: câu trả lời này cần tăng.</translation>
    </message>
    <message>
        <source>{answer} is below its target {target}: this sum should rise.</source>
        <translation>{answer} thấp hơn đích {target}: tổng này cần tăng.</translation>
    </message>
    <message>
        <source>{answer} is its target: nothing pulls at it.</source>
        <translation>{answer} đúng bằng đích: không có gì kéo nó.</translation>
    </message>
    <message>
        <source>{count} are equal here: the first of them, {name}, wins.</source>
        <translation>Ở đây có {count} số bằng nhau: số đầu tiên, {name}, thắng.</translation>
    </message>
    <message>
        <source>{count} edge into {name} is taken out: its weight is 0 and stays 0.</source>
        <translation>{count} cạnh vào {name} đã bị cắt: trọng số của nó là 0 và vẫn là 0.</translation>
    </message>
    <message>
        <source>{count} edge is taken out: its weight is 0 and stays 0.</source>
        <translation>{count} cạnh đã bị cắt: trọng số của nó là 0 và vẫn là 0.</translation>
    </message>
    <message>
        <source>{count} edges are taken out: their weights are 0 and stay 0.</source>
        <translation>{count} cạnh đã bị cắt: trọng số của chúng là 0 và vẫn là 0.</translation>
    </message>
    <message>
        <source>{count} edges into {name} are taken out: their weights are 0 and stay 0.</source>
        <translation>{count} cạnh vào {name} đã bị cắt: trọng số của chúng là 0 và vẫn là 0.</translation>
    </message>
    <message>
        <source>{count} of the {outputs} outputs should fall, the rest may stay as it is.</source>
        <translation>{count} trong {outputs} đầu ra cần giảm, còn lại có thể giữ nguyên.</translation>
    </message>
    <message>
        <source>{count} of the {outputs} outputs should rise, the rest may stay as it is.</source>
        <translation>{count} trong {outputs} đầu ra cần tăng, còn lại có thể giữ nguyên.</translation>
    </message>
    <message>
        <source>{count} of {rows} are shortened.</source>
        <translation>{count} trong {rows} nhóm bị rút ngắn.</translation>
    </message>
    <message>
        <source>{count} of {rows} is shortened.</source>
        <translation>{count} trong {rows} nhóm bị rút ngắn.</translation>
    </message>
    <message>
        <source>{count} of {units} neurons are silent for this sample.</source>
        <translation>{count} trong {units} nơ-ron im lặng với mẫu này.</translation>
    </message>
    <message>
        <source>{count} of {units} neurons has slope 0 for all samples and lets nothing through.</source>
        <translation>{count} trong {units} nơ-ron có độ dốc 0 với mọi mẫu và không cho gì đi qua.</translation>
    </message>
    <message>
        <source>{count} of {units} neurons has slope 0 here and lets nothing through.</source>
        <translation>{count} trong {units} nơ-ron có độ dốc 0 ở đây và không cho gì đi qua.</translation>
    </message>
    <message>
        <source>{count} of {units} neurons have slope 0 for all samples and let nothing through.</source>
        <translation>{count} trong {units} nơ-ron có độ dốc 0 với mọi mẫu và không cho gì đi qua.</translation>
    </message>
    <message>
        <source>{count} of {units} neurons have slope 0 here and let nothing through.</source>
        <translation>{count} trong {units} nơ-ron có độ dốc 0 ở đây và không cho gì đi qua.</translation>
    </message>
    <message>
        <source>{count} of {units} neurons is silent for this sample.</source>
        <translation>{count} trong {units} nơ-ron im lặng với mẫu này.</translation>
    </message>
    <message>
        <source>{count} parameter is frozen or taken out and stays as it is.</source>
        <translation>{count} tham số đang đóng băng hoặc đã bị cắt, nên giữ nguyên.</translation>
    </message>
    <message>
        <source>{count} parameter of {name} is frozen or taken out and stays as it is.</source>
        <translation>{count} tham số của {name} đang đóng băng hoặc đã bị cắt, nên giữ nguyên.</translation>
    </message>
    <message>
        <source>{count} parameters are frozen or taken out and stay as they are.</source>
        <translation>{count} tham số đang đóng băng hoặc đã bị cắt, nên giữ nguyên.</translation>
    </message>
    <message>
        <source>{count} parameters of {name} are frozen or taken out and stay as they are.</source>
        <translation>{count} tham số của {name} đang đóng băng hoặc đã bị cắt, nên giữ nguyên.</translation>
    </message>
    <message>
        <source>{count} samples go through together. The numbers here are those of one of them.</source>
        <translation>{count} mẫu cùng đi qua một lượt. Các số ở đây là của một mẫu trong đó.</translation>
    </message>
    <message>
        <source>{name} is right and has {answer}: its sum should rise, the others should fall.</source>
        <translation>{name} là loại đúng và được {answer}: tổng của nó cần tăng, các tổng khác cần giảm.</translation>
    </message>
    <message>
        <source>{name} was 0: this weight had no part in the answer and gets no gradient.</source>
        <translation>{name} bằng 0: trọng số này không góp gì vào câu trả lời nên không nhận gradient.</translation>
    </message>
    <message>
        <source>{name} was in no window: nothing comes back to it.</source>
        <translation>{name} không nằm trong cửa sổ nào: không có gì quay về nó.</translation>
    </message>
    <message>
        <source>{name} was in {count} window.</source>
        <translation>{name} nằm trong {count} cửa sổ.</translation>
    </message>
    <message>
        <source>{name} was in {count} windows and collects from all of them.</source>
        <translation>{name} nằm trong {count} cửa sổ và gom về từ tất cả.</translation>
    </message>
    <message>
        <source>{name} was seen once.</source>
        <translation>{name} được thấy một lần.</translation>
    </message>
    <message>
        <source>{name} was seen {count} times.</source>
        <translation>{name} được thấy {count} lần.</translation>
    </message>
    <message>
        <source>{name} wins this window.</source>
        <translation>{name} thắng ở cửa sổ này.</translation>
    </message>
    <message>
        <source>{name} won no window, so it gets nothing.</source>
        <translation>{name} không thắng ở cửa sổ nào, nên không nhận gì.</translation>
    </message>
    <message>
        <source>{name} won {count} window and gets its gradient.</source>
        <translation>{name} thắng ở {count} cửa sổ và nhận gradient của cửa sổ ấy.</translation>
    </message>
    <message>
        <source>{name} won {count} windows and gets the gradients of all of them.</source>
        <translation>{name} thắng ở {count} cửa sổ và nhận gradient của tất cả.</translation>
    </message>
    <message>
        <source>{rise} of the {outputs} outputs should rise, {fall} should fall, the rest may stay as it is.</source>
        <translation>{rise} trong {outputs} đầu ra cần tăng, {fall} cần giảm, còn lại có thể giữ nguyên.</translation>
    </message>
    <message>
        <source>{rise} of the {outputs} outputs should rise, {fall} should fall.</source>
        <translation>{rise} trong {outputs} đầu ra cần tăng, {fall} cần giảm.</translation>
    </message>
    <message>
        <source>γ and β are learned: so the layer can give each of its {count} channels the spread it needs.</source>
        <translation>γ và β được học: nhờ vậy lớp có thể cho mỗi kênh trong {count} kênh độ phân tán mà kênh ấy cần.</translation>
    </message>
    <message>
        <source>γ and β are learned: so the layer can give each of its {count} numbers the spread it needs.</source>
        <translation>γ và β được học: nhờ vậy lớp có thể cho mỗi số trong {count} số độ phân tán mà số ấy cần.</translation>
    </message>
    <message>
        <source>γ and β of a channel are used by {count} numbers, so their gradients are sums over all of these.</source>
        <translation>γ và β của một kênh được dùng cho {count} số, nên gradient của chúng là tổng trên tất cả các số ấy.</translation>
    </message>
    <message>
        <source>γ gets the signal times x̂, β the signal itself.</source>
        <translation>γ nhận tín hiệu nhân với x̂, β nhận chính tín hiệu ấy.</translation>
    </message>
    <message>
        <source>… {count} more</source>
        <translation>… còn {count}</translation>
    </message>
</context>
<context>
    <name>LessonStrip</name>
    <message>
        <source>How finely the pass is cut</source>
        <translation>Lượt đi được chia nhỏ đến đâu</translation>
    </message>
    <message>
        <source>Nudge w by {change}: ΔL predicted {predicted}, measured {measured}</source>
        <translation>Nhích w {change}: ΔL dự đoán {predicted}, đo được {measured}</translation>
    </message>
    <message>
        <source>Step {step} of {all}</source>
        <translation>Bước {step}/{all}</translation>
    </message>
    <message>
        <source>The arrows walk the lesson; with Alt they walk from neuron to neuron on the graph</source>
        <translation>Mũi tên đi qua các bước của bài học; giữ Alt thì đi từ nơ-ron này sang nơ-ron khác trên sơ đồ</translation>
    </message>
    <message>
        <source>The gradient put to the test: the weight is changed a little and the pass run again</source>
        <translation>Thử xem gradient có đúng không: đổi trọng số một chút rồi chạy lại cả lượt</translation>
    </message>
    <message>
        <source>What one step of the lesson is: a phase, an operation or a neuron</source>
        <translation>Một bước của bài học là gì: một giai đoạn, một phép tính hay một nơ-ron</translation>
    </message>
    <message>
        <source>by neuron</source>
        <translation>theo nơ-ron</translation>
    </message>
    <message>
        <source>by operation</source>
        <translation>theo phép tính</translation>
    </message>
    <message>
        <source>by phase</source>
        <translation>theo giai đoạn</translation>
    </message>
    <message>
        <source>sample {number}</source>
        <translation>mẫu {number}</translation>
    </message>
    <message>
        <source>your digit</source>
        <translation>chữ số của bạn</translation>
    </message>
    <message>
        <source>← → steps · Alt+arrows neurons</source>
        <translation>← → bước · Alt+mũi tên nơ-ron</translation>
    </message>
</context>
<context>
    <name>LossPanel</name>
    <message>
        <source>Loss</source>
        <translation>Mất mát</translation>
    </message>
    <message>
        <source>Loss over epochs</source>
        <translation>Mất mát qua các epoch</translation>
    </message>
    <message>
        <source>Loss · train — validation - -</source>
        <translation>Mất mát · học — kiểm định - -</translation>
    </message>
    <message>
        <source>The data&apos;s loss after each epoch, the L2 penalty left out</source>
        <translation>Mất mát của dữ liệu sau mỗi epoch, không kể phần phạt L2</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>There are no trained weights for this network.</source>
        <translation>Mạng này không có trọng số đã học.</translation>
    </message>
    <message>
        <source>This scene has no script for a demo.</source>
        <translation>Cảnh này chưa có lời để trình diễn.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>Undo {edit}</source>
        <translation>Hoàn tác {edit}</translation>
    </message>
</context>
<context>
    <name>MatrixPainter</name>
    <message>
        <source>read as</source>
        <translation>đọc thành</translation>
    </message>
    <message>
        <source>true digit</source>
        <translation>số thật</translation>
    </message>
</context>
<context>
    <name>Misfits</name>
    <message>
        <source>Change it so far as it fits; that can be undone</source>
        <translation>Sửa đến mức vừa khớp; có thể hoàn tác</translation>
    </message>
    <message>
        <source>Connect all of {source} with {destination}</source>
        <translation>Nối toàn bộ {source} với {destination}</translation>
    </message>
    <message>
        <source>Freeze all of filter {filter} of {layer}</source>
        <translation>Đóng băng cả bộ lọc {filter} của {layer}</translation>
    </message>
    <message>
        <source>Insert between {source} and {destination}: {kind}</source>
        <translation>Chèn giữa {source} và {destination}: {kind}</translation>
    </message>
    <message>
        <source>Join them: {kind} before {destination}</source>
        <translation>Hợp chúng lại: {kind} trước {destination}</translation>
    </message>
    <message>
        <source>Leave out {source} → {destination}</source>
        <translation>Bỏ nối {source} → {destination}</translation>
    </message>
    <message>
        <source>Thaw all of filter {filter} of {layer}</source>
        <translation>Rã đông cả bộ lọc {filter} của {layer}</translation>
    </message>
    <message>
        <source>Use {setting} {value} in {layer}</source>
        <translation>Dùng {setting} {value} ở {layer}</translation>
    </message>
</context>
<context>
    <name>MishapWords</name>
    <message>
        <source>Copy report</source>
        <translation>Chép báo cáo</translation>
    </message>
    <message>
        <source>Put the report on the clipboard: versions, and where in the program it happened</source>
        <translation>Đưa báo cáo vào bảng tạm: các phiên bản, và chuyện xảy ra ở đâu trong chương trình</translation>
    </message>
    <message>
        <source>Something went wrong inside nnsim ({fault}). It goes on; save your work to be safe, and send the report to those who make nnsim.</source>
        <translation>Có trục trặc bên trong nnsim ({fault}). Chương trình vẫn chạy tiếp; để an toàn, hãy lưu việc của bạn, rồi gửi báo cáo cho những người làm ra nnsim.</translation>
    </message>
    <message>
        <source>The report is on the clipboard, and in {path}.</source>
        <translation>Báo cáo đã ở trong bảng tạm, và trong {path}.</translation>
    </message>
    <message>
        <source>The report is on the clipboard.</source>
        <translation>Báo cáo đã ở trong bảng tạm.</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>AND gate</source>
        <translation>Cổng AND</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Binary cross-entropy</source>
        <translation>Entropy chéo nhị phân</translation>
    </message>
    <message>
        <source>Blobs</source>
        <translation>Đám điểm</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>Bàn cờ</translation>
    </message>
    <message>
        <source>Circles</source>
        <translation>Vòng tròn</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>Entropy chéo</translation>
    </message>
    <message>
        <source>ELU</source>
        <translation>ELU</translation>
    </message>
    <message>
        <source>Generated digits</source>
        <translation>Chữ số máy tạo</translation>
    </message>
    <message>
        <source>Glorot normal</source>
        <translation>Glorot chuẩn</translation>
    </message>
    <message>
        <source>Glorot uniform</source>
        <translation>Glorot đều</translation>
    </message>
    <message>
        <source>He normal</source>
        <translation>He chuẩn</translation>
    </message>
    <message>
        <source>He uniform</source>
        <translation>He đều</translation>
    </message>
    <message>
        <source>Hill (regression)</source>
        <translation>Ngọn đồi (hồi quy)</translation>
    </message>
    <message>
        <source>Line (regression)</source>
        <translation>Đường thẳng (hồi quy)</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>Sai số tuyệt đối TB</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>Sai số bình phương TB</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Quán tính</translation>
    </message>
    <message>
        <source>Moons</source>
        <translation>Trăng khuyết</translation>
    </message>
    <message>
        <source>My digits</source>
        <translation>Số tôi vẽ</translation>
    </message>
    <message>
        <source>NAND gate</source>
        <translation>Cổng NAND</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>OR gate</source>
        <translation>Cổng OR</translation>
    </message>
    <message>
        <source>PReLU</source>
        <translation>PReLU</translation>
    </message>
    <message>
        <source>Parabola (regression)</source>
        <translation>Parabol (hồi quy)</translation>
    </message>
    <message>
        <source>Perceptron rule</source>
        <translation>Quy tắc perceptron</translation>
    </message>
    <message>
        <source>Plane (regression)</source>
        <translation>Mặt phẳng (hồi quy)</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Saddle (regression)</source>
        <translation>Yên ngựa (hồi quy)</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>Hình vẽ</translation>
    </message>
    <message>
        <source>Shapes, pixels shuffled</source>
        <translation>Hình vẽ, xáo điểm ảnh</translation>
    </message>
    <message>
        <source>Sine (regression)</source>
        <translation>Hình sin (hồi quy)</translation>
    </message>
    <message>
        <source>Spirals</source>
        <translation>Xoắn ốc</translation>
    </message>
    <message>
        <source>Sum of squared errors</source>
        <translation>Tổng sai số bình phương</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Bảng</translation>
    </message>
    <message>
        <source>Uniform in [0, 1)</source>
        <translation>Đều trong [0, 1)</translation>
    </message>
    <message>
        <source>XOR gate</source>
        <translation>Cổng XOR</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>Toàn 0</translation>
    </message>
    <message>
        <source>by batch</source>
        <translation>theo batch</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>theo epoch</translation>
    </message>
    <message>
        <source>by sample</source>
        <translation>theo mẫu</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>đồng nhất</translation>
    </message>
    <message>
        <source>leaky ReLU</source>
        <translation>leaky ReLU</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>sigmoid</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>softmax</translation>
    </message>
    <message>
        <source>step</source>
        <translation>bậc thang</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
</context>
<context>
    <name>NeighboursPanel</name>
    <message>
        <source>Accuracy on the pictures it learned from, after {epochs} epochs. This network learns {own} numbers, the dense one {rival}.</source>
        <translation>Độ chính xác trên các hình đã học, sau {epochs} epoch. Mạng này học {own} số, mạng dày đặc học {rival}.</translation>
    </message>
    <message>
        <source>Accuracy on the pictures kept back, after {epochs} epochs. This network learns {own} numbers, the dense one {rival}.</source>
        <translation>Độ chính xác trên các hình được giữ riêng, sau {epochs} epoch. Mạng này học {own} số, mạng dày đặc học {rival}.</translation>
    </message>
    <message>
        <source>Compare with shuffled pixels</source>
        <translation>So sánh với điểm ảnh xáo trộn</translation>
    </message>
    <message>
        <source>Dense, {units} hidden</source>
        <translation>Dày đặc, {units} ẩn</translation>
    </message>
    <message>
        <source>Do neighbours matter?</source>
        <translation>Hàng xóm có quan trọng?</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>This network</source>
        <translation>Mạng này</translation>
    </message>
    <message>
        <source>Train this network and a dense one from the start, with the pixels in order and with all of them shuffled by one fixed rule, and compare how they do on pictures kept back</source>
        <translation>Huấn luyện mạng này và một mạng dày đặc từ đầu, khi các điểm ảnh đúng thứ tự và khi tất cả bị xáo trộn theo một quy tắc cố định, rồi so xem chúng làm được đến đâu trên các hình giữ riêng</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>đúng thứ tự</translation>
    </message>
    <message>
        <source>shuffled</source>
        <translation>xáo trộn</translation>
    </message>
    <message>
        <source>{network}, {order}: {accuracy}</source>
        <translation>{network}, {order}: {accuracy}</translation>
    </message>
    <message>
        <source>{number} numbers learned</source>
        <translation>học {number} số</translation>
    </message>
</context>
<context>
    <name>NetworkPanel</name>
    <message>
        <source>+ Add a layer</source>
        <translation>+ Thêm lớp</translation>
    </message>
    <message>
        <source>A layer of any kind before the output (Ctrl+Shift+Ins)</source>
        <translation>Một lớp kiểu bất kỳ trước đầu ra (Ctrl+Shift+Ins)</translation>
    </message>
    <message>
        <source>Add a layer</source>
        <translation>Thêm lớp</translation>
    </message>
    <message>
        <source>Hidden {number}</source>
        <translation>Lớp ẩn {number}</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Các lớp</translation>
    </message>
    <message>
        <source>Number of neurons; new ones start silent and change nothing yet</source>
        <translation>Số nơ-ron; nơ-ron mới lúc đầu im lặng, chưa thay đổi gì</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Đầu ra</translation>
    </message>
    <message>
        <source>Puts out {size}. Click, or press Space, to change its name</source>
        <translation>Cho ra {size}. Bấm chuột, hoặc nhấn Space, để đổi tên</translation>
    </message>
    <message>
        <source>Puts out {size}. Click, or press Space, to change its settings</source>
        <translation>Cho ra {size}. Bấm chuột, hoặc nhấn Space, để đổi các thiết lập</translation>
    </message>
    <message>
        <source>The activation function of this layer; weights are kept</source>
        <translation>Hàm kích hoạt của lớp này; trọng số được giữ nguyên</translation>
    </message>
    <message>
        <source>The data decides the number of outputs</source>
        <translation>Dữ liệu quyết định số đầu ra</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Số nơ-ron</translation>
    </message>
    <message>
        <source>{layer}: activation</source>
        <translation>{layer}: hàm kích hoạt</translation>
    </message>
    <message>
        <source>{layer}: units</source>
        <translation>{layer}: số nơ-ron</translation>
    </message>
    <message>
        <source>{number} weights</source>
        <translation>{number} trọng số</translation>
    </message>
    <message>
        <source>{number} weights, {shared} of them shared by every place of the image</source>
        <translation>{number} trọng số, trong đó {shared} được mọi chỗ của hình dùng chung</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this notice</source>
        <translation>Đóng thông báo này</translation>
    </message>
    <message>
        <source>Close this notice (Esc)</source>
        <translation>Đóng thông báo này (Esc)</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>Hiểu rồi</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Để sau</translation>
    </message>
</context>
<context>
    <name>OpenedPictures</name>
    <message>
        <source>Open a folder of digits</source>
        <translation>Mở thư mục chữ số</translation>
    </message>
    <message>
        <source>Open pictures of digits</source>
        <translation>Mở hình chữ số</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>Hình ({patterns})</translation>
    </message>
    <message>
        <source>Pictures of digits need a network that reads digits: open Handwritten digits first.</source>
        <translation>Hình chữ số cần một mạng biết đọc chữ số: hãy mở cảnh Chữ số viết tay trước.</translation>
    </message>
    <message>
        <source>Reading the pictures: {read}</source>
        <translation>Đang đọc các hình: {read}</translation>
    </message>
    <message>
        <source>Reading the pictures…</source>
        <translation>Đang đọc các hình…</translation>
    </message>
    <message>
        <source>There is no picture of a digit here.</source>
        <translation>Ở đây không có hình chữ số nào.</translation>
    </message>
</context>
<context>
    <name>Paste</name>
    <message>
        <source>The picture is empty.</source>
        <translation>Hình này trống.</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard. Copy a picture, or a picture&apos;s file, and paste again.</source>
        <translation>Trong bảng tạm không có hình nào. Hãy chép một hình, hoặc tệp của một hình, rồi dán lại.</translation>
    </message>
    <message>
        <source>There is nothing to see on the picture: it is all of one colour.</source>
        <translation>Trên hình không thấy gì cả: nó chỉ có một màu.</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>1 is a folder not named 0 to 9</source>
        <translation>1 thư mục không mang tên từ 0 đến 9</translation>
    </message>
    <message>
        <source>1 is beyond the first {most}</source>
        <translation>1 tệp nằm ngoài {most} tệp đầu tiên</translation>
    </message>
    <message>
        <source>1 is damaged</source>
        <translation>1 tệp bị hỏng</translation>
    </message>
    <message>
        <source>1 is no picture</source>
        <translation>1 tệp không phải hình</translation>
    </message>
    <message>
        <source>1 is too large</source>
        <translation>1 tệp quá lớn</translation>
    </message>
    <message>
        <source>1 shows nothing</source>
        <translation>1 hình không có gì</translation>
    </message>
    <message>
        <source>Left out: {reasons}.</source>
        <translation>Bỏ qua: {reasons}.</translation>
    </message>
    <message>
        <source>{count} are beyond the first {most}</source>
        <translation>{count} tệp nằm ngoài {most} tệp đầu tiên</translation>
    </message>
    <message>
        <source>{count} are damaged</source>
        <translation>{count} tệp bị hỏng</translation>
    </message>
    <message>
        <source>{count} are folders not named 0 to 9</source>
        <translation>{count} thư mục không mang tên từ 0 đến 9</translation>
    </message>
    <message>
        <source>{count} are no pictures</source>
        <translation>{count} tệp không phải hình</translation>
    </message>
    <message>
        <source>{count} are too large</source>
        <translation>{count} tệp quá lớn</translation>
    </message>
    <message>
        <source>{count} show nothing</source>
        <translation>{count} hình không có gì</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is damaged, or no PNG, JPEG, BMP, GIF or WebP picture. Open it in another program and save it as PNG.</source>
        <translation>Không đọc được {name}: nó bị hỏng, hoặc không phải hình PNG, JPEG, BMP, GIF hay WebP. Hãy mở nó bằng chương trình khác rồi lưu thành PNG.</translation>
    </message>
    <message>
        <source>{name} is larger than {most} MB. Save it smaller and open it again.</source>
        <translation>{name} lớn hơn {most} MB. Hãy lưu nó nhỏ lại rồi mở lại.</translation>
    </message>
    <message>
        <source>{name} is too large: {width} × {height} pixels, and at most {most} million are read. Save it smaller and open it again.</source>
        <translation>{name} quá lớn: {width} × {height} điểm ảnh, mà chỉ đọc được nhiều nhất {most} triệu. Hãy lưu nó nhỏ lại rồi mở lại.</translation>
    </message>
    <message>
        <source>{name} shows nothing that stands out from its ground. Choose a picture of one digit with a clear contrast.</source>
        <translation>Trên {name} không có gì nổi lên khỏi nền. Hãy chọn hình của một chữ số, có độ tương phản rõ.</translation>
    </message>
</context>
<context>
    <name>PicturesCard</name>
    <message>
        <source>, {right} of {labelled} right</source>
        <translation>, đúng {right} trong {labelled}</translation>
    </message>
    <message>
        <source>, {right} read right</source>
        <translation>, đọc đúng {right}</translation>
    </message>
    <message>
        <source>Close the pictures</source>
        <translation>Đóng các hình</translation>
    </message>
    <message>
        <source>Each picture with its label, where its name tells one, and the network&apos;s answer; click one to see it read</source>
        <translation>Mỗi hình cùng nhãn của nó, nếu tên hình cho biết nhãn, và câu trả lời của mạng; bấm vào một hình để xem mạng đọc nó</translation>
    </message>
    <message>
        <source>Opened pictures</source>
        <translation>Các hình đã mở</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Hình</translation>
    </message>
</context>
<context>
    <name>PicturesView</name>
    <message>
        <source>What this step computes</source>
        <translation>Bước này tính gì</translation>
    </message>
</context>
<context>
    <name>PredictionBars</name>
    <message>
        <source>How likely the network holds each digit to be; together 100 %</source>
        <translation>Mạng cho rằng mỗi chữ số có khả năng đến đâu; cộng lại là 100 %</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Dự đoán</translation>
    </message>
</context>
<context>
    <name>PredictionModel</name>
    <message>
        <source>Input</source>
        <translation>Đầu vào</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Dự đoán</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Đích</translation>
    </message>
</context>
<context>
    <name>PredictionTable</name>
    <message>
        <source>Predictions beside their targets</source>
        <translation>Dự đoán bên cạnh đích</translation>
    </message>
    <message>
        <source>What the network answers to each sample, beside what it should</source>
        <translation>Câu trả lời của mạng cho mỗi mẫu, bên cạnh câu trả lời cần có</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>What the network sees</source>
        <translation>Mạng thấy gì</translation>
    </message>
    <message>
        <source>What the network sees: {side} × {side} numbers from 0 to 1. A centred digit fills the dashed box, and its centre of mass lies on the cross.</source>
        <translation>Mạng thấy gì: {side} × {side} số từ 0 đến 1. Chữ số đã căn giữa lấp đầy khung nét đứt, và trọng tâm của nó nằm ngay dấu cộng.</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Discard</source>
        <translation>Bỏ đi</translation>
    </message>
    <message>
        <source>It cannot be had back: {reason}. It has been left in {path}.</source>
        <translation>Không lấy lại được: {reason}. Nó vẫn được để trong {path}.</translation>
    </message>
    <message>
        <source>No copy can be kept for an emergency: {reason}. Save by hand now and then.</source>
        <translation>Không giữ được bản dự phòng nào: {reason}. Thỉnh thoảng bạn hãy tự lưu.</translation>
    </message>
    <message>
        <source>No emergency copy</source>
        <translation>Không có bản dự phòng</translation>
    </message>
    <message>
        <source>Open it as it was</source>
        <translation>Mở nó ra như lúc đó</translation>
    </message>
    <message>
        <source>Open it as it was, or throw it away</source>
        <translation>Mở nó ra như lúc đó, hoặc bỏ đi</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Khôi phục</translation>
    </message>
    <message>
        <source>There is nothing</source>
        <translation>Không có gì</translation>
    </message>
    <message>
        <source>Throw it away for good</source>
        <translation>Bỏ hẳn, không lấy lại được nữa</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Chưa đặt tên</translation>
    </message>
    <message>
        <source>nnsim did not end properly. “{name}” can be had back as it was on {time}; it waits in the File menu, too.</source>
        <translation>nnsim đã không kết thúc bình thường. Có thể lấy lại “{name}” như lúc {time}; nó cũng đang chờ trong menu Tệp.</translation>
    </message>
    <message>
        <source>“{name}” was left unsaved on {time}. It waits in the File menu, too.</source>
        <translation>“{name}” bị bỏ lại chưa lưu lúc {time}. Nó cũng đang chờ trong menu Tệp.</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>A number from {low} to {high} is needed here: “{text}” is none.</source>
        <translation>Ở đây cần một số từ {low} đến {high}: “{text}” thì không phải.</translation>
    </message>
    <message>
        <source>A whole number from {low} to {high} is needed here: “{text}” is none.</source>
        <translation>Ở đây cần một số nguyên từ {low} đến {high}: “{text}” thì không phải.</translation>
    </message>
</context>
<context>
    <name>RightColumn</name>
    <message>
        <source>What the window sees that slides over the pictures, in numbers</source>
        <translation>Những gì cửa sổ trượt trên hình nhìn thấy, viết bằng số</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Cửa sổ</translation>
    </message>
</context>
<context>
    <name>SceneNote</name>
    <message>
        <source>On stage: sample {number}, x = ({x}), target y = {y}</source>
        <translation>Đang xem: mẫu {number}, x = ({x}), đích y = {y}</translation>
    </message>
    <message>
        <source>On stage: training sample {number}</source>
        <translation>Đang xem: mẫu huấn luyện {number}</translation>
    </message>
    <message>
        <source>The sample that lights up the network, and the answer to it</source>
        <translation>Mẫu đang thắp sáng mạng, và câu trả lời cho nó</translation>
    </message>
    <message>
        <source>{number} parameters</source>
        <translation>{number} tham số</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>A weight must be a finite number.</source>
        <translation>Trọng số phải là một số hữu hạn.</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Gieo lại</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Đặt lại</translation>
    </message>
    <message>
        <source>The fast engine could not be made ready ({reason}). The plain one goes on.</source>
        <translation>Không chuẩn bị được bộ tính nhanh ({reason}). Bộ tính thường vẫn chạy tiếp.</translation>
    </message>
    <message>
        <source>Trained weights</source>
        <translation>Trọng số đã học</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Phím tắt</translation>
    </message>
</context>
<context>
    <name>SilenceNotice</name>
    <message>
        <source>A new calculation takes over, paused, with the weights last shown. If the old one hangs, it keeps one processor core busy until nnsim is closed.</source>
        <translation>Một phần tính toán mới sẽ thay vào, đang tạm dừng, với các trọng số hiện ra gần nhất. Nếu phần cũ bị treo, nó sẽ chiếm một nhân của bộ xử lý cho đến khi đóng nnsim.</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Khởi động lại</translation>
    </message>
    <message>
        <source>Save and restart</source>
        <translation>Lưu và khởi động lại</translation>
    </message>
    <message>
        <source>The calculation goes on from step {step}.</source>
        <translation>Phần tính toán đi tiếp từ bước {step}.</translation>
    </message>
    <message>
        <source>The calculation has not answered for {seconds} seconds. It may be at work on something large, or it hangs. You can wait, or go on from the weights last shown.</source>
        <translation>Phần tính toán đã {seconds} giây không trả lời. Có thể nó đang làm một việc lớn, hoặc nó bị treo. Bạn có thể chờ, hoặc đi tiếp từ các trọng số hiện ra gần nhất.</translation>
    </message>
    <message>
        <source>The calculation was started again.</source>
        <translation>Phần tính toán đã được khởi động lại.</translation>
    </message>
</context>
<context>
    <name>SparkLine</name>
    <message>
        <source>Course of the value</source>
        <translation>Diễn biến của giá trị</translation>
    </message>
    <message>
        <source>From step {first} to {last}: from {begin} to {end}.</source>
        <translation>Từ bước {first} đến {last}: từ {begin} đến {end}.</translation>
    </message>
    <message>
        <source>How it has moved over the last steps; the dot is now</source>
        <translation>Nó đã đi thế nào qua các bước vừa rồi; chấm tròn là lúc này</translation>
    </message>
    <message>
        <source>Its course appears here once it trains.</source>
        <translation>Diễn biến sẽ hiện ở đây khi mạng học.</translation>
    </message>
    <message>
        <source>Nothing has been trained yet.</source>
        <translation>Chưa huấn luyện gì.</translation>
    </message>
    <message>
        <source>step {number}</source>
        <translation>bước {number}</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Edges show</source>
        <translation>Cạnh hiện</translation>
    </message>
    <message>
        <source>Training stopped: the loss became infinite or was no number any more. The last weights at which it was finite are kept. A lower learning rate helps; then run on, or reset.</source>
        <translation>Việc huấn luyện đã dừng: mất mát thành vô hạn hoặc không còn là số nữa. Các trọng số cuối cùng khi mất mát còn hữu hạn vẫn được giữ. Tốc độ học thấp hơn sẽ giúp được; rồi hãy chạy tiếp, hoặc đặt lại.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Compiled: float32, as fast as the machine can. Reference: plain NumPy in float64.</source>
        <translation>Biên dịch: float32, nhanh hết sức của máy. Tham chiếu: NumPy thuần, float64.</translation>
    </message>
    <message>
        <source>Settled: every sample is answered right.</source>
        <translation>Đã ổn định: mẫu nào cũng được trả lời đúng.</translation>
    </message>
    <message>
        <source>Training samples per second over the last second</source>
        <translation>Số mẫu huấn luyện mỗi giây, tính trong giây vừa rồi</translation>
    </message>
    <message>
        <source>compiled engine</source>
        <translation>bộ tính biên dịch</translation>
    </message>
    <message>
        <source>fetching the samples…</source>
        <translation>đang tải các mẫu…</translation>
    </message>
    <message>
        <source>reference engine</source>
        <translation>bộ tính tham chiếu</translation>
    </message>
    <message>
        <source>reference engine · compiling the fast one…</source>
        <translation>bộ tính tham chiếu · đang biên dịch bộ nhanh…</translation>
    </message>
    <message>
        <source>{pace} samples/s</source>
        <translation>{pace} mẫu/s</translation>
    </message>
</context>
<context>
    <name>Structure</name>
    <message>
        <source>Activation</source>
        <translation>Kích hoạt</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>Thêm bộ lọc</translation>
    </message>
    <message>
        <source>Add neuron</source>
        <translation>Thêm nơ-ron</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>Độ lệch</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Nối</translation>
    </message>
    <message>
        <source>Cut edge</source>
        <translation>Cắt cạnh</translation>
    </message>
    <message>
        <source>Cut edges</source>
        <translation>Cắt cạnh</translation>
    </message>
    <message>
        <source>Duplicate neurons</source>
        <translation>Nhân đôi nơ-ron</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Đóng băng</translation>
    </message>
    <message>
        <source>Freeze layer</source>
        <translation>Đóng băng lớp</translation>
    </message>
    <message>
        <source>Insert layer</source>
        <translation>Chèn lớp</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>No biases</source>
        <translation>Bỏ độ lệch</translation>
    </message>
    <message>
        <source>Nothing comes behind the output. Select an earlier layer.</source>
        <translation>Sau đầu ra không có gì nữa. Hãy chọn một lớp phía trước.</translation>
    </message>
    <message>
        <source>Paste neurons</source>
        <translation>Dán nơ-ron</translation>
    </message>
    <message>
        <source>Remove filters</source>
        <translation>Xoá bộ lọc</translation>
    </message>
    <message>
        <source>Remove layer</source>
        <translation>Xoá lớp</translation>
    </message>
    <message>
        <source>Remove neuron</source>
        <translation>Xoá nơ-ron</translation>
    </message>
    <message>
        <source>Remove neurons</source>
        <translation>Xoá nơ-ron</translation>
    </message>
    <message>
        <source>Select a neuron first: the new layer goes behind its layer.</source>
        <translation>Hãy chọn một nơ-ron trước: lớp mới sẽ đứng sau lớp của nó.</translation>
    </message>
    <message>
        <source>Select a neuron first: the new one goes into its layer.</source>
        <translation>Hãy chọn một nơ-ron trước: nơ-ron mới sẽ vào lớp của nó.</translation>
    </message>
    <message>
        <source>Select a neuron of the layer to freeze; the input has nothing to learn.</source>
        <translation>Hãy chọn một nơ-ron của lớp cần đóng băng; đầu vào không có gì để học.</translation>
    </message>
    <message>
        <source>Select a neuron of the one layer to remove.</source>
        <translation>Hãy chọn một nơ-ron của đúng lớp cần xoá.</translation>
    </message>
    <message>
        <source>Select the edges to freeze first, or a neuron for all that enter it.</source>
        <translation>Hãy chọn các cạnh cần đóng băng trước, hoặc một nơ-ron để lấy mọi cạnh đi vào nó.</translation>
    </message>
    <message>
        <source>Select the neurons to copy first.</source>
        <translation>Hãy chọn các nơ-ron cần chép trước.</translation>
    </message>
    <message>
        <source>Select the neurons to duplicate first.</source>
        <translation>Hãy chọn các nơ-ron cần nhân đôi trước.</translation>
    </message>
    <message>
        <source>Select the two neurons to connect: the second one with Shift.</source>
        <translation>Hãy chọn hai nơ-ron cần nối: giữ Shift khi chọn nơ-ron thứ hai.</translation>
    </message>
    <message>
        <source>Select what to remove first.</source>
        <translation>Hãy chọn thứ cần xoá trước.</translation>
    </message>
    <message>
        <source>Thaw</source>
        <translation>Rã đông</translation>
    </message>
    <message>
        <source>Thaw layer</source>
        <translation>Rã đông lớp</translation>
    </message>
    <message>
        <source>There are no copied neurons. Select some and copy them first.</source>
        <translation>Chưa có nơ-ron nào được chép. Hãy chọn vài nơ-ron và chép trước.</translation>
    </message>
    <message>
        <source>What {layers} had learned went with it: what is behind now reads what fed it, and the network answers otherwise until it has been trained again. Undo brings it back.</source>
        <translation>Những gì {layers} đã học cũng mất theo: phần phía sau giờ đọc thẳng những gì từng đi vào đó, và mạng trả lời khác đi cho đến khi được huấn luyện lại. Hoàn tác sẽ lấy lại được.</translation>
    </message>
</context>
<context>
    <name>Teaching</name>
    <message>
        <source>Keep it</source>
        <translation>Giữ lại</translation>
    </message>
    <message>
        <source>Keep this drawing among your own digits, to train on them</source>
        <translation>Giữ hình vẽ này trong các chữ số của riêng bạn, để dùng khi huấn luyện</translation>
    </message>
    <message>
        <source>One step: {digit} from {before} to {after}</source>
        <translation>Một bước: số {digit} từ {before} thành {after}</translation>
    </message>
    <message>
        <source>Teach one step</source>
        <translation>Dạy một bước</translation>
    </message>
    <message>
        <source>This drawing is a {digit}</source>
        <translation>Hình vẽ này là số {digit}</translation>
    </message>
    <message>
        <source>Walk through the one step of learning that this digit causes, and make it</source>
        <translation>Đi qua đúng một bước học mà chữ số này gây ra, rồi học bước đó</translation>
    </message>
    <message>
        <source>You drew</source>
        <translation>Bạn vẽ số</translation>
    </message>
    <message>
        <source>{number} kept</source>
        <translation>đã giữ {number}</translation>
    </message>
</context>
<context>
    <name>TensorView</name>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>What this step computes: blue is positive, orange negative</source>
        <translation>Bước này tính gì: xanh lam là dương, cam là âm</translation>
    </message>
    <message>
        <source>{name} · {sizes} · largest {value}</source>
        <translation>{name} · {sizes} · lớn nhất {value}</translation>
    </message>
    <message>
        <source>|{name}| ≤ {value}</source>
        <translation>|{name}| ≤ {value}</translation>
    </message>
</context>
<context>
    <name>TextSize</name>
    <message>
        <source>Text size: {size}</source>
        <translation>Cỡ chữ: {size}</translation>
    </message>
    <message>
        <source>Text size: {size}. Larger letters need a larger window.</source>
        <translation>Cỡ chữ: {size}. Chữ to hơn cần cửa sổ lớn hơn.</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Steps of the lesson</source>
        <translation>Các bước của bài học</translation>
    </message>
    <message>
        <source>… %n more</source>
        <translation>… %n bước</translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>1 (stochastic)</source>
        <translation>1 (ngẫu nhiên)</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Cỡ batch</translation>
    </message>
    <message>
        <source>Clip gradient</source>
        <translation>Cắt gradient</translation>
    </message>
    <message>
        <source>How a gradient becomes an update</source>
        <translation>Gradient trở thành lần cập nhật ra sao</translation>
    </message>
    <message>
        <source>How weights are drawn at the next reset or new seed</source>
        <translation>Cách bốc trọng số khi đặt lại hoặc gieo lại lần tới</translation>
    </message>
    <message>
        <source>How wrong answers are measured</source>
        <translation>Cách đo mức sai của câu trả lời</translation>
    </message>
    <message>
        <source>L2</source>
        <translation>L2</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Tốc độ học</translation>
    </message>
    <message>
        <source>Longest that the gradient of a batch may be; a longer one is shortened before the update</source>
        <translation>Độ dài lớn nhất mà gradient của một batch được có; dài hơn thì bị rút ngắn trước khi cập nhật</translation>
    </message>
    <message>
        <source>Longest that the weights into one neuron, or of one filter, may be after an update</source>
        <translation>Độ dài lớn nhất (max-norm) mà các trọng số vào một nơ-ron, hay của một bộ lọc, được có sau một lần cập nhật</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Mất mát</translation>
    </message>
    <message>
        <source>Max-norm</source>
        <translation>Chặn trọng số</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Bộ tối ưu</translation>
    </message>
    <message>
        <source>Samples that go into one update</source>
        <translation>Số mẫu dùng cho một lần cập nhật</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Khởi tạo</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Huấn luyện</translation>
    </message>
    <message>
        <source>full batch</source>
        <translation>cả tập</translation>
    </message>
    <message>
        <source>off</source>
        <translation>tắt</translation>
    </message>
    <message>
        <source>s ← ρ s + (1 − ρ) g², w ← w − η g / √(s + ε), ρ usually 0.9.
PyTorch&apos;s has ε outside the root, √s + ε, and ρ is 0.99 there.</source>
        <translation>s ← ρ s + (1 − ρ) g², w ← w − η g / √(s + ε), ρ thường là 0,9.
Trong PyTorch, ε nằm ngoài căn, √s + ε, và ρ là 0,99.</translation>
    </message>
    <message>
        <source>v ← μ v − η g, w ← w + v: steps build up speed</source>
        <translation>v ← μ v − η g, w ← w + v: các bước lấy đà dần</translation>
    </message>
    <message>
        <source>v ← μ v − η g, w ← w + μ v − η g: momentum that looks ahead</source>
        <translation>v ← μ v − η g, w ← w + μ v − η g: quán tính biết nhìn trước</translation>
    </message>
    <message>
        <source>w ← w − η g: straight down the gradient</source>
        <translation>w ← w − η g: đi thẳng xuống theo gradient</translation>
    </message>
    <message>
        <source>w ← w − η m̂ / (√v̂ + ε): momentum, and a step size for each weight</source>
        <translation>w ← w − η m̂ / (√v̂ + ε): quán tính, và mỗi trọng số có cỡ bước riêng</translation>
    </message>
    <message>
        <source>η: how far each update goes</source>
        <translation>η: mỗi lần cập nhật đi xa đến đâu</translation>
    </message>
    <message>
        <source>λ: adds λΣw² to the loss, so weights stay small</source>
        <translation>λ: cộng λΣw² vào mất mát, để các trọng số luôn nhỏ</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Accuracy</source>
        <translation>Độ chính xác</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoch</translation>
    </message>
    <message>
        <source>How fast steps follow each other while running: {pace} ({how})</source>
        <translation>Khi chạy, các bước nối nhau nhanh đến đâu: {pace} ({how})</translation>
    </message>
    <message>
        <source>In the batch</source>
        <translation>Trong batch</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Mất mát</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Cảnh</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tốc độ</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Kiểm tra</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>Chính xác kiểm tra</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>Mất mát khi học</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Chưa đặt tên</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Cập nhật</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Kiểm định</translation>
    </message>
    <message>
        <source>What a step is</source>
        <translation>Một bước là gì</translation>
    </message>
    <message>
        <source>What one step is: a sample, a batch or an epoch</source>
        <translation>Một bước là gì: một mẫu, một batch hay một epoch</translation>
    </message>
    <message>
        <source>What to look at</source>
        <translation>Chọn thứ để xem</translation>
    </message>
    <message>
        <source>Where training stands</source>
        <translation>Huấn luyện đến đâu rồi</translation>
    </message>
    <message>
        <source>each step shown</source>
        <translation>hiện từng bước</translation>
    </message>
    <message>
        <source>every {seconds} s</source>
        <translation>mỗi {seconds} s</translation>
    </message>
    <message>
        <source>full speed</source>
        <translation>tối đa</translation>
    </message>
    <message>
        <source>live values</source>
        <translation>giá trị trực tiếp</translation>
    </message>
    <message>
        <source>{pace}/s</source>
        <translation>{pace}/s</translation>
    </message>
    <message>
        <source>{title} (yours)</source>
        <translation>{title} (của bạn)</translation>
    </message>
</context>
<context>
    <name>Undoing</name>
    <message>
        <source>1 epoch of training</source>
        <translation>Huấn luyện 1 epoch</translation>
    </message>
    <message>
        <source>1 step of training</source>
        <translation>Huấn luyện 1 bước</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Huấn luyện</translation>
    </message>
    <message>
        <source>{number} epochs of training</source>
        <translation>Huấn luyện {number} epoch</translation>
    </message>
    <message>
        <source>{number} steps of training</source>
        <translation>Huấn luyện {number} bước</translation>
    </message>
</context>
<context>
    <name>ValueField</name>
    <message>
        <source>Enter sets the number, Escape leaves it as it was</source>
        <translation>Enter đặt số này, Escape để nguyên như cũ</translation>
    </message>
    <message>
        <source>That is no number. Type one such as {example}.</source>
        <translation>Đó không phải là số. Hãy gõ một số như {example}.</translation>
    </message>
    <message>
        <source>Too large: at most {most}.</source>
        <translation>Quá lớn: nhiều nhất là {most}.</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>I can&apos;t tell: {first} ({share}) or {second} ({other})?</source>
        <translation>Mình không rõ: {first} ({share}) hay {second} ({other})?</translation>
    </message>
    <message>
        <source>I don&apos;t know yet: the canvas is empty.</source>
        <translation>Mình chưa biết: khung vẽ còn trống.</translation>
    </message>
    <message>
        <source>No numbers are left: reset the training.</source>
        <translation>Không còn con số nào: hãy đặt lại việc huấn luyện.</translation>
    </message>
    <message>
        <source>Perhaps {first} ({share}), or {second} ({other})</source>
        <translation>Có lẽ là {first} ({share}), hoặc {second} ({other})</translation>
    </message>
    <message>
        <source>This is a {first} — {share} sure</source>
        <translation>Đây là số {first} — chắc {share}</translation>
    </message>
    <message>
        <source>This is an {first} — {share} sure</source>
        <translation>Đây là số {first} — chắc {share}</translation>
    </message>
    <message>
        <source>✓ Right: it is {label} — {share} sure</source>
        <translation>✓ Đúng: là số {label} — chắc {share}</translation>
    </message>
    <message>
        <source>✗ Wrong: I said {first} ({share}), it is {label}</source>
        <translation>✗ Sai: mình nói {first} ({share}), đúng ra là {label}</translation>
    </message>
</context>
<context>
    <name>Warnings</name>
    <message>
        <source>Binary cross-entropy needs answers in 0…1: a sigmoid output.</source>
        <translation>Entropy chéo nhị phân cần câu trả lời trong khoảng 0…1: đầu ra sigmoid.</translation>
    </message>
    <message>
        <source>Cross-entropy needs shares that add up to 1: a softmax output.</source>
        <translation>Entropy chéo cần các phần cộng lại bằng 1: đầu ra softmax.</translation>
    </message>
    <message>
        <source>No edge enters {layer}: it says the same to every sample.</source>
        <translation>Không có cạnh nào đi vào {layer}: với mẫu nào lớp này cũng trả lời như nhau.</translation>
    </message>
    <message>
        <source>No edge enters {name}: it says the same to every sample.</source>
        <translation>Không có cạnh nào đi vào {name}: với mẫu nào nó cũng trả lời như nhau.</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Nối lại</translation>
    </message>
    <message>
        <source>Remove layer</source>
        <translation>Xoá lớp</translation>
    </message>
    <message>
        <source>Remove neuron</source>
        <translation>Xoá nơ-ron</translation>
    </message>
    <message>
        <source>The perceptron rule is made for a step output.</source>
        <translation>Quy tắc perceptron dành cho đầu ra bậc thang.</translation>
    </message>
    <message>
        <source>Use leaky ReLU</source>
        <translation>Dùng leaky ReLU</translation>
    </message>
    <message>
        <source>Use sigmoid</source>
        <translation>Dùng sigmoid</translation>
    </message>
    <message>
        <source>Use sigmoid and binary cross-entropy</source>
        <translation>Dùng sigmoid và entropy chéo nhị phân</translation>
    </message>
    <message>
        <source>Use softmax</source>
        <translation>Dùng softmax</translation>
    </message>
    <message>
        <source>Use softmax and cross-entropy</source>
        <translation>Dùng softmax và entropy chéo</translation>
    </message>
    <message>
        <source>Use step</source>
        <translation>Dùng bậc thang</translation>
    </message>
    <message>
        <source>Use the perceptron rule</source>
        <translation>Dùng quy tắc perceptron</translation>
    </message>
    <message>
        <source>With this loss a softmax learns slowly where it is surely wrong; cross-entropy does not.</source>
        <translation>Với hàm mất mát này, softmax học chậm ở chỗ nó sai mà rất chắc; entropy chéo thì không.</translation>
    </message>
    <message>
        <source>{layer} reaches no output: nothing uses what it computes.</source>
        <translation>{layer} không dẫn tới đầu ra nào: không chỗ nào dùng kết quả của lớp này.</translation>
    </message>
    <message>
        <source>{layer}: all neurons pass on 0 for every sample, without a slope: they learn nothing. Try leaky ReLU, or a new start with a lower learning rate.</source>
        <translation>{layer}: mọi nơ-ron cho ra 0 với mọi mẫu, không có độ dốc: chúng không học được gì. Hãy thử leaky ReLU, hoặc bắt đầu lại với tốc độ học thấp hơn.</translation>
    </message>
    <message>
        <source>{layer}: every neuron is at an end of its range for every sample: hardly any gradient gets through. Try a new start with smaller weights and a lower learning rate.</source>
        <translation>{layer}: với mọi mẫu, nơ-ron nào cũng nằm ở một đầu khoảng giá trị của nó: hầu như không gradient nào qua được. Hãy thử bắt đầu lại với trọng số nhỏ hơn và tốc độ học thấp hơn.</translation>
    </message>
    <message>
        <source>{layer}: no gradient passes through a step, so what is before it never learns.</source>
        <translation>{layer}: không gradient nào qua được hàm bậc thang, nên phần đứng trước nó không bao giờ học.</translation>
    </message>
    <message>
        <source>{layer}: softmax of one neuron is always 1, whatever the weights.</source>
        <translation>{layer}: softmax của một nơ-ron luôn bằng 1, trọng số có ra sao đi nữa.</translation>
    </message>
    <message>
        <source>{layer}: {number} of {units} neurons pass on 0 for every sample, without a slope: they learn nothing. Try leaky ReLU, or a new start with a lower learning rate.</source>
        <translation>{layer}: {number} trong {units} nơ-ron cho ra 0 với mọi mẫu, không có độ dốc: chúng không học được gì. Hãy thử leaky ReLU, hoặc bắt đầu lại với tốc độ học thấp hơn.</translation>
    </message>
    <message>
        <source>{name} passes on 0 for every sample, without a slope: it learns nothing. Try leaky ReLU, or a new start with a lower learning rate.</source>
        <translation>{name} cho ra 0 với mọi mẫu, không có độ dốc: nó không học được gì. Hãy thử leaky ReLU, hoặc bắt đầu lại với tốc độ học thấp hơn.</translation>
    </message>
    <message>
        <source>{name} reaches no output: nothing uses what it computes.</source>
        <translation>{name} không dẫn tới đầu ra nào: không chỗ nào dùng kết quả của nó.</translation>
    </message>
</context>
<context>
    <name>WarningsBar</name>
    <message>
        <source>Mend it; that can be undone</source>
        <translation>Sửa chỗ này; có thể hoàn tác</translation>
    </message>
    <message>
        <source>Next warning</source>
        <translation>Cảnh báo kế tiếp</translation>
    </message>
    <message>
        <source>Show the next thing that is probably wrong</source>
        <translation>Xem chỗ kế tiếp có lẽ chưa đúng</translation>
    </message>
    <message>
        <source>{place} of {number}</source>
        <translation>{place}/{number}</translation>
    </message>
</context>
<context>
    <name>WeightsAndScenes</name>
    <message>
        <source>A scene of nnsim&apos;s own is called “{name}”; choose another name.</source>
        <translation>Một cảnh của chính nnsim tên là “{name}”; hãy chọn tên khác.</translation>
    </message>
    <message>
        <source>Import weights</source>
        <translation>Nhập trọng số</translation>
    </message>
    <message>
        <source>Name in the list of scenes:</source>
        <translation>Tên trong danh sách cảnh:</translation>
    </message>
    <message>
        <source>Save as scene</source>
        <translation>Lưu thành cảnh</translation>
    </message>
    <message>
        <source>The weights in “{name}” cannot be used: {reason}.</source>
        <translation>Không dùng được các trọng số trong “{name}”: {reason}.</translation>
    </message>
    <message>
        <source>This cannot be kept as a scene: {reason}.</source>
        <translation>Không giữ được thành cảnh: {reason}.</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.nnsim)</source>
        <translation>Trọng số (*.safetensors *.nnsim)</translation>
    </message>
    <message>
        <source>Weights taken from {name}</source>
        <translation>Đã lấy trọng số từ {name}</translation>
    </message>
    <message>
        <source>“{title}” is in the list of scenes now, without weights: a scene carries at most {most}. It begins at its random start; Save as… keeps what has been learned.</source>
        <translation>“{title}” giờ đã có trong danh sách cảnh, nhưng không kèm trọng số: một cảnh mang nhiều nhất {most}. Nó bắt đầu từ giá trị ngẫu nhiên; Lưu thành… giữ được những gì đã học.</translation>
    </message>
    <message>
        <source>“{title}” is in the list of scenes now. It begins with the present weights.</source>
        <translation>“{title}” giờ đã có trong danh sách cảnh. Nó bắt đầu với các trọng số hiện tại.</translation>
    </message>
</context>
<context>
    <name>WindowCard</name>
    <message>
        <source>Let the window slide over the whole map, or stop it</source>
        <translation>Cho cửa sổ trượt khắp bản đồ, hoặc dừng nó lại</translation>
    </message>
    <message>
        <source>Map %1 · row %2, column %3</source>
        <translation>Bản đồ %1 · hàng %2, cột %3</translation>
    </message>
    <message>
        <source>Move over the image or the map: the window follows. A click holds it, ← ↑ → ↓ move it by one pixel.</source>
        <translation>Rê chuột trên hình hay bản đồ: cửa sổ đi theo. Bấm để giữ nó lại, ← ↑ → ↓ dời nó đi một điểm ảnh.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Tự chạy</translation>
    </message>
    <message>
        <source>Show the map before</source>
        <translation>Hiện bản đồ trước</translation>
    </message>
    <message>
        <source>Show the next map that is read</source>
        <translation>Hiện bản đồ kế tiếp được đọc</translation>
    </message>
    <message>
        <source>The same %n weights look at every place of the image.</source>
        <translation>Cùng %n trọng số ấy nhìn vào mọi chỗ của hình.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Cửa sổ</translation>
    </message>
</context>
<context>
    <name>WindowDialogs</name>
    <message>
        <source>Another window or another program has written it. Which one is to be kept?</source>
        <translation>Một cửa sổ khác hoặc một chương trình khác đã ghi nó. Giữ bản nào?</translation>
    </message>
    <message>
        <source>Don&apos;t save</source>
        <translation>Không lưu</translation>
    </message>
    <message>
        <source>Keep both: save what is open here to another file</source>
        <translation>Giữ cả hai: lưu bản đang mở ở đây vào một tệp khác</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Giữ bản này</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>Giữ bản kia</translation>
    </message>
    <message>
        <source>Leave the file as the other wrote it; what was done here is lost</source>
        <translation>Để nguyên tệp như bên kia đã ghi; những gì làm ở đây sẽ mất</translation>
    </message>
    <message>
        <source>Otherwise what was edited and learned since the last save is lost.</source>
        <translation>Nếu không, những gì đã sửa và đã học từ lần lưu trước sẽ mất.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Thay</translation>
    </message>
    <message>
        <source>Replace the file by what is open here; what the other wrote is lost</source>
        <translation>Thay tệp bằng bản đang mở ở đây; những gì bên kia đã ghi sẽ mất</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Lưu thành…</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>Lưu các thay đổi vào “{name}”?</translation>
    </message>
    <message>
        <source>There is already a scene “{name}” of yours. Replace it?</source>
        <translation>Bạn đã có một cảnh tên “{name}”. Thay cảnh đó không?</translation>
    </message>
    <message>
        <source>What it was before is lost.</source>
        <translation>Bản cũ sẽ mất.</translation>
    </message>
    <message>
        <source>“{name}” has changed on disk since it was opened here.</source>
        <translation>“{name}” đã thay đổi trên đĩa từ khi được mở ở đây.</translation>
    </message>
</context>
<context>
    <name>_Rows</name>
    <message>
        <source>saved</source>
        <translation>đã lưu</translation>
    </message>
</context>
</TS>
