// Reads JSON text from a file descriptor through one small buffer, so that a line or a file of any
// length costs no memory of its own.
//
// The host reads only what the harness wrote, so text that breaks the wire form is a fault of the
// harness: it ends the process with a sentence on stderr and never reaches the candidate's code.
#pragma once

#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace onsite::reconciliation::host {

inline constexpr int kStatusBadRequest = 87;

[[noreturn]] inline void give_up(const char* expected) {
    std::fprintf(stderr, "host: expected %s; see contract/wire.schema.json\n", expected);
    std::_Exit(kStatusBadRequest);
}

class JsonInput {
public:
    // REQUIRES: the descriptor outlives the reader.
    explicit JsonInput(int descriptor)
        : descriptor_(descriptor), buffer_(std::make_unique<char[]>(kBufferBytes)) {}

    // Skips white space, newlines included. True when nothing but white space is left.
    bool at_end() {
        skip_space();
        return here_ == end_;
    }

    // The first byte of the next value, which stays unread.
    char peek() {
        if (at_end()) give_up("more JSON");
        return *here_;
    }

    // Takes the byte when it comes next, after white space.
    bool take(char wanted) {
        if (peek() != wanted) return false;
        ++here_;
        return true;
    }

    void expect(char wanted) {
        if (take(wanted)) return;
        const char expected[] = {'\'', wanted, '\'', '\0'};
        give_up(expected);
    }

    // Reads a string into `text`, whose memory is used again.
    void string(std::string& text) {
        expect('"');
        text.clear();
        for (;;) {
            const char* const start = here_;
            while (here_ != end_ && is_plain(*here_)) ++here_;
            text.append(start, here_);
            if (here_ == end_) {
                if (!refill()) give_up("the end of a string");
                continue;
            }
            const char special = *here_++;
            if (special == '"') return;
            if (special != '\\') give_up("an escaped control character");
            append_escape(text);
        }
    }

    std::uint64_t number() {
        peek();
        std::array<char, 20> digits{};
        std::size_t count = 0;
        while ((here_ != end_ || refill()) && *here_ >= '0' && *here_ <= '9') {
            if (count == digits.size()) give_up("a number below 2^64");
            digits[count++] = *here_++;
        }
        std::uint64_t value = 0;
        const char* const stop = digits.data() + count;
        const auto parsed = std::from_chars(digits.data(), stop, value);
        if (parsed.ec != std::errc{}) give_up("a number below 2^64");
        return value;
    }

    // Calls read_element() at the start of every element; it must read exactly one value.
    template <typename ReadElement>
    void array(ReadElement read_element) {
        expect('[');
        if (take(']')) return;
        do read_element();
        while (take(','));
        expect(']');
    }

    // Calls read_member(key) at the start of every value; it must read exactly one value.
    template <typename ReadMember>
    void object(ReadMember read_member) {
        expect('{');
        if (take('}')) return;
        std::string key;
        do {
            string(key);
            expect(':');
            read_member(std::string_view(key));
        } while (take(','));
        expect('}');
    }

    // Takes the rest of the line: a reply must not start before its request has ended.
    void finish_line() {
        while (here_ != end_ || refill()) {
            if (*here_++ == '\n') return;
        }
    }

    // Forgets what is buffered: the descriptor was moved to another place.
    void drop_buffer() { here_ = end_ = buffer_.get(); }

private:
    static constexpr std::size_t kBufferBytes = std::size_t{64} << 10;

    static bool is_plain(char c) {
        return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
    }

    bool refill() {
        ssize_t count = 0;
        do count = ::read(descriptor_, buffer_.get(), kBufferBytes);
        while (count < 0 && errno == EINTR);
        if (count < 0) give_up("input that can be read");
        here_ = buffer_.get();
        end_ = here_ + count;
        return count > 0;
    }

    void skip_space() {
        while (here_ != end_ || refill()) {
            if (*here_ != ' ' && *here_ != '\n' && *here_ != '\r' && *here_ != '\t') return;
            ++here_;
        }
    }

    char next_byte() {
        if (here_ == end_ && !refill()) give_up("the rest of an escape");
        return *here_++;
    }

    void append_escape(std::string& text) {
        const char kind = next_byte();
        constexpr std::string_view kKinds = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (kind == 'u') return append_code_point(text);
        const auto at = kKinds.find(kind);
        if (at == std::string_view::npos) give_up("an escape that JSON has");
        text.push_back(kMeanings[at]);
    }

    std::uint32_t four_hex_digits() {
        std::array<char, 4> digits{};
        for (char& digit : digits) digit = next_byte();
        std::uint32_t unit = 0;
        const char* const stop = digits.data() + digits.size();
        if (std::from_chars(digits.data(), stop, unit, 16).ptr != stop) {
            give_up("four hexadecimal digits");
        }
        return unit;
    }

    // JSON writes a character above U+FFFF as two UTF-16 units.
    void append_code_point(std::string& text) {
        std::uint32_t code = four_hex_digits();
        if (code >= 0xD800 && code < 0xDC00) {
            if (next_byte() != '\\' || next_byte() != 'u') give_up("a low surrogate");
            const std::uint32_t low = four_hex_digits();
            if (low < 0xDC00 || low > 0xDFFF) give_up("a low surrogate");
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        } else if (code >= 0xDC00 && code <= 0xDFFF) {
            give_up("a high surrogate first");
        }
        append_utf8(text, code);
    }

    static void append_utf8(std::string& text, std::uint32_t code) {
        const auto tail = [&](int shift) {
            text.push_back(static_cast<char>(0x80 | ((code >> shift) & 0x3F)));
        };
        if (code < 0x80) {
            text.push_back(static_cast<char>(code));
        } else if (code < 0x800) {
            text.push_back(static_cast<char>(0xC0 | (code >> 6)));
            tail(0);
        } else if (code < 0x10000) {
            text.push_back(static_cast<char>(0xE0 | (code >> 12)));
            tail(6);
            tail(0);
        } else {
            text.push_back(static_cast<char>(0xF0 | (code >> 18)));
            tail(12);
            tail(6);
            tail(0);
        }
    }

    int descriptor_;
    std::unique_ptr<char[]> buffer_;
    const char* here_ = nullptr;
    const char* end_ = nullptr;
};

}  // namespace onsite::reconciliation::host
