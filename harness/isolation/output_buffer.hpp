// Bytes that arrived and were not asked for yet, handed out line by line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace onsite {

class OutputBuffer {
public:
    // Room for that many bytes more at the end, of which commit() keeps the first ones: large
    // replies are read to where they stay.
    char* room_for(std::size_t bytes);
    void commit(std::size_t bytes);
    void append(std::string_view bytes) { bytes_ += bytes; }
    bool is_empty() const { return taken_ == bytes_.size(); }

    // The next complete line, without its newline. Complexity: each byte is looked at once.
    std::optional<std::string> take_line();

    // Everything, whether or not its last line is complete.
    std::string take_all();

private:
    std::string bytes_;
    std::size_t room_ = 0;     // The end of bytes_ that has no meaning yet.
    std::size_t taken_ = 0;    // Before this: handed out already.
    std::size_t scanned_ = 0;  // From taken_ to this: no newline.
};

}  // namespace onsite
