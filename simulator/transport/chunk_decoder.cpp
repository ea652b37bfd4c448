#include "simulator/transport/chunk_decoder.hpp"

#include <algorithm>
#include <charconv>

namespace onsite::simulator {

std::size_t ChunkDecoder::feed(std::string_view bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size() && state_ == State::unfinished) {
        if (part_ == Part::data) {
            taken += take_data(bytes.substr(taken));
        } else {
            take_byte(bytes[taken++]);
        }
    }
    return taken;
}

std::size_t ChunkDecoder::take_data(std::string_view bytes) {
    const std::size_t count = std::min(left_, bytes.size());
    body_.append(bytes, 0, count);
    left_ -= count;
    if (left_ == 0) part_ = Part::data_end;
    return count;
}

// Of a line. Its end is CR LF, and neither stands alone.
void ChunkDecoder::take_byte(char byte) {
    const bool is_after_cr = line_.ends_with('\r');
    if (is_after_cr != (byte == '\n') || byte == '\0' || line_.size() > kChunkLineBytesMax) {
        state_ = State::malformed;
    } else if (is_after_cr) {
        line_.pop_back();
        finish_line();
        line_.clear();
    } else {
        line_ += byte;
    }
}

void ChunkDecoder::finish_line() {
    switch (part_) {
        case Part::size:
            return finish_size();
        case Part::data:
            return;
        case Part::data_end:
            if (!line_.empty()) state_ = State::malformed;
            part_ = Part::size;
            return;
        case Part::trailer:
            return finish_trailer();
    }
}

void ChunkDecoder::finish_trailer() {
    const std::string_view line = line_;
    trailer_bytes_ += line.size();
    const std::size_t name = std::min(line.find_first_of(": \t"), line.size());
    const bool is_field = name > 0 && line.substr(name).starts_with(':');
    if (line.empty()) {
        state_ = State::whole;
    } else if (!is_field || trailer_bytes_ > kChunkLineBytesMax) {
        state_ = State::malformed;
    }
}

// "1a" or "1a;name=value".
void ChunkDecoder::finish_size() {
    const std::string_view line = line_;
    const std::string_view digits = line.substr(0, line.find_first_of(" \t;"));
    const std::string_view rest = line.substr(digits.size());
    const std::size_t extension = rest.find_first_not_of(" \t");
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), left_, 16);
    const bool is_number = !digits.empty() && end == digits.data() + digits.size() &&
                           problem != std::errc::invalid_argument;
    if (!is_number || (extension != rest.npos && rest[extension] != ';')) {
        state_ = State::malformed;
    } else if (problem != std::errc() || left_ > bytes_max_ - body_.size()) {
        state_ = State::too_large;
    } else {
        part_ = left_ == 0 ? Part::trailer : Part::data;
    }
}

}  // namespace onsite::simulator
