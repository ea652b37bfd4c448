#include "harness/isolation/output_buffer.hpp"

#include <algorithm>
#include <utility>

namespace onsite {

char* OutputBuffer::room_for(std::size_t bytes) {
    room_ = bytes;
    const std::size_t size = bytes_.size() + bytes;
    // Unlike resize() this does not fill with zeros what is overwritten at once. The size that the
    // operation is given is not used: libstdc++ 12 gives the new capacity there.
    bytes_.resize_and_overwrite(size, [size](char*, std::size_t) { return size; });
    return bytes_.data() + size - bytes;
}

void OutputBuffer::commit(std::size_t bytes) {
    bytes_.resize(bytes_.size() - std::exchange(room_, 0) + bytes);
}

std::optional<std::string> OutputBuffer::take_line() {
    const std::size_t newline = bytes_.find('\n', std::max(taken_, scanned_));
    if (newline == std::string::npos) {
        scanned_ = bytes_.size();
        return std::nullopt;
    }
    if (taken_ == 0 && newline + 1 == bytes_.size()) {
        // The usual case, one line and nothing else: a large reply is not copied.
        bytes_.pop_back();
        scanned_ = 0;
        return std::exchange(bytes_, {});
    }
    std::string line = bytes_.substr(taken_, newline - taken_);
    taken_ = scanned_ = newline + 1;
    if (taken_ > bytes_.size() / 2) {
        bytes_.erase(0, taken_);
        taken_ = scanned_ = 0;
    }
    return line;
}

std::string OutputBuffer::take_all() {
    bytes_.erase(0, taken_);
    taken_ = scanned_ = 0;
    return std::exchange(bytes_, {});
}

}  // namespace onsite
