// Writes JSON text to a file descriptor in large pieces, so that a reply of any length costs no
// memory of its own.
#pragma once

#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unistd.h>

namespace onsite::reconciliation::host {

class JsonOutput {
public:
    explicit JsonOutput(int descriptor) : descriptor_(descriptor) {
        buffer_.reserve(kPieceBytes + kSlackBytes);
    }

    // Punctuation and keys, which need no escaping.
    void raw(std::string_view text) { append(text); }

    // A JSON string. Bytes that are not UTF-8 pass as they are: the harness has to see them.
    void string(std::string_view text) {
        append("\"");
        std::size_t start = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const char c = text[at];
            if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20) continue;
            append(text.substr(start, at - start));
            append_escaped(c);
            start = at + 1;
        }
        append(text.substr(start));
        append("\"");
    }

    template <typename Integer>
    void integer(Integer value) {
        std::array<char, 24> digits{};
        const auto done = std::to_chars(digits.data(), digits.data() + digits.size(), value);
        append({digits.data(), static_cast<std::size_t>(done.ptr - digits.data())});
    }

    // [item,item,...]
    template <typename Items, typename WriteItem>
    void list(const Items& items, WriteItem write_item) {
        append("[");
        bool is_first = true;
        for (const auto& item : items) {
            if (!is_first) append(",");
            is_first = false;
            write_item(item);
        }
        append("]");
    }

    void flush() {
        std::string_view rest = buffer_;
        while (!rest.empty()) {
            const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) std::_Exit(kStatusNobodyListens);
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        buffer_.clear();
    }

private:
    static constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
    static constexpr std::size_t kSlackBytes = std::size_t{16} << 10;
    static constexpr int kStatusNobodyListens = 88;

    void append(std::string_view text) {
        buffer_.append(text);
        if (buffer_.size() >= kPieceBytes) flush();
    }

    void append_escaped(char c) {
        constexpr std::string_view kHex = "0123456789abcdef";
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            append({std::array{'\\', c}.data(), 2});
        } else {
            append({std::array{'\\', 'u', '0', '0', kHex[code >> 4], kHex[code & 15]}.data(), 6});
        }
    }

    int descriptor_;
    std::string buffer_;
};

}  // namespace onsite::reconciliation::host
