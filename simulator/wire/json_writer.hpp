// Writes JSON into a string as fast as it can be copied: objects of the API are rendered at every
// request, so there is no tree in between.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onsite::simulator {

// REQUIRES: calls that make one value, and texts that are UTF-8. Thread safety: none.
class JsonWriter {
public:
    // Appends to `out`, which must outlive the writer.
    explicit JsonWriter(std::string& out) : out_(out) {}

    void begin_object() { literal({}, "{"); }
    void end_object() { out_ += '}'; }
    void begin_array() { literal({}, "["); }
    void end_array() { out_ += ']'; }

    // REQUIRES: a name that needs no escaping. Names from outside go through text_key().
    void key(std::string_view name) { literal(name, {}); }
    void text_key(std::string_view name) {
        quote({}, name);
        out_ += ':';
    }

    void value(std::string_view text) { quote({}, text); }
    void value(std::int64_t number) { literal({}, Digits(number).view()); }
    void flag(bool is_set) { literal({}, is_set ? "true" : "false"); }
    void null() { literal({}, "null"); }
    // JSON that somebody else wrote.
    void raw(std::string_view json) { literal({}, json); }

    // Members: a key and its value, written at once.
    void text(std::string_view name, std::string_view text) { quote(name, text); }
    // Empty means null, as Stripe shows a text that was never set.
    void text_or_null(std::string_view name, std::string_view text) {
        text.empty() ? null(name) : quote(name, text);
    }
    void number(std::string_view name, std::int64_t number) {
        literal(name, Digits(number).view());
    }
    void number_or_null(std::string_view name, std::optional<std::int64_t> number) {
        number ? this->number(name, *number) : null(name);
    }
    void flag(std::string_view name, bool is_set) { literal(name, is_set ? "true" : "false"); }
    void null(std::string_view name) { literal(name, "null"); }
    void raw(std::string_view name, std::string_view json) { literal(name, json); }
    // The number as a text of 16 hexadecimal digits.
    void hex(std::string_view name, std::uint64_t number);

private:
    class Digits {
    public:
        explicit Digits(std::int64_t number)
            : end_(std::to_chars(digits_, digits_ + sizeof digits_, number).ptr) {}
        std::string_view view() const { return {digits_, end_}; }

    private:
        char digits_[20];
        const char* end_;
    };

    // A value that follows another one needs a comma; the last character says whether it does.
    bool needs_comma() const {
        if (out_.empty()) return false;
        const char last = out_.back();
        return last != '{' && last != '[' && last != ':' && last != ',';
    }
    // Makes room for that many bytes at once and says where they begin.
    char* grow(std::size_t bytes) {
        const std::size_t before = out_.size();
        const std::size_t after = before + bytes;
        // Not resize(): what is written over needs no zeros. (The callback may be told of more
        // room than was asked for.)
        out_.resize_and_overwrite(after, [after](char*, std::size_t) { return after; });
        return out_.data() + before;
    }
    // A comma where one is needed, the name unless it is empty, and room for `bytes`. Inline, as
    // all that write: most names are constants, which are copied by a move or two then.
    char* begin_value(std::string_view name, std::size_t bytes) {
        const bool has_comma = needs_comma();
        char* to = grow((has_comma ? 1 : 0) + (name.empty() ? 0 : name.size() + 3) + bytes);
        if (has_comma) *to++ = ',';
        if (name.empty()) return to;
        *to++ = '"';
        to += name.copy(to, name.size());
        *to++ = '"';
        *to++ = ':';
        return to;
    }
    void literal(std::string_view name, std::string_view value) {
        value.copy(begin_value(name, value.size()), value.size());
    }
    void quote(std::string_view name, std::string_view text);

    std::string& out_;
};

// As 16 lower-case hexadecimal digits.
void append_hex(std::string& text, std::uint64_t number);

}  // namespace onsite::simulator
