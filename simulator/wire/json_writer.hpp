// Writes JSON as fast as it can be copied: objects of the API are rendered at every request, so
// there is no tree in between.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace onsite::simulator {

// Every value is written with a comma behind it, and what ends an object, an array or the whole
// takes the last one back: so nothing has to be asked before a value is written. Names are
// constants nearly always; where they are inlined, a name with its quotes is a store or two.
//
// REQUIRES: calls that make one value or the members of one object, and texts that are UTF-8.
// Thread safety: none.
class JsonWriter {
public:
    JsonWriter() = default;
    JsonWriter(const JsonWriter&) = delete;

    // What was written. Good until the next call.
    std::string_view written() const {
        const bool has_comma = at_ != begin_.get() && at_[-1] == ',';
        return {begin_.get(), at_ - (has_comma ? 1 : 0)};
    }
    // Begins anew, in the memory that is there.
    void clear() { at_ = begin_.get(); }

    void begin_object() { *room(1) = '{', ++at_; }
    void end_object() { end('}'); }
    void begin_array() { *room(1) = '[', ++at_; }
    void end_array() { end(']'); }
    // After a whole value: JSON Lines have each on a line of its own.
    void end_line() { at_[-1] = '\n'; }

    // REQUIRES: a name that needs no escaping. Names from outside go through text_key().
    [[gnu::always_inline]] void key(std::string_view name) { at_ = begin_member(name, 0); }
    void text_key(std::string_view name) {
        value(name);
        at_[-1] = ':';
    }

    void value(std::string_view text) { quote(room(kQuotes), text); }
    void value(std::int64_t number) { digits(room(kDigitsMax + 1), number); }
    void flag(bool is_set) { raw(is_set ? "true" : "false"); }
    void null() { raw("null"); }
    // JSON that somebody else wrote.
    void raw(std::string_view json) { end_value(copied(room(json.size() + 1), json)); }

    // Members: a key and its value, written at once.
    [[gnu::always_inline]] void text(std::string_view name, std::string_view text) {
        quote(begin_member(name, kQuotes), text);
    }
    // Empty means null, as Stripe shows a text that was never set.
    [[gnu::always_inline]] void text_or_null(std::string_view name, std::string_view text) {
        text.empty() ? null(name) : this->text(name, text);
    }
    // A text of this program, which needs no escaping.
    [[gnu::always_inline]] void word(std::string_view name, std::string_view word) {
        char* to = begin_member(name, word.size() + kQuotes);
        *to++ = '"';
        to = copied(to, word);
        *to++ = '"';
        end_value(to);
    }
    [[gnu::always_inline]] void number(std::string_view name, std::int64_t number) {
        digits(begin_member(name, kDigitsMax + 1), number);
    }
    void number_or_null(std::string_view name, std::optional<std::int64_t> number) {
        number ? this->number(name, *number) : null(name);
    }
    [[gnu::always_inline]] void flag(std::string_view name, bool is_set) {
        is_set ? raw(name, "true") : raw(name, "false");
    }
    [[gnu::always_inline]] void null(std::string_view name) { raw(name, "null"); }
    [[gnu::always_inline]] void raw(std::string_view name, std::string_view json) {
        end_value(copied(begin_member(name, json.size() + 1), json));
    }
    // The number as a text of 16 hexadecimal digits.
    void hex(std::string_view name, std::uint64_t number);

private:
    static constexpr std::size_t kQuotes = 3;  // And the comma.
    static constexpr std::size_t kDigitsMax = 20;

    [[gnu::always_inline]] static char* copied(char* to, std::string_view text) {
        if (!text.empty()) std::memcpy(to, text.data(), text.size());
        return to + text.size();
    }

    // Where the next `bytes` are written to.
    [[gnu::always_inline]] char* room(std::size_t bytes) {
        if (static_cast<std::size_t>(end_ - at_) < bytes) grow(bytes);
        return at_;
    }
    // Writes the name; room for `bytes` is behind it.
    [[gnu::always_inline]] char* begin_member(std::string_view name, std::size_t bytes) {
        char* to = room(name.size() + 3 + bytes);
        *to++ = '"';
        to = copied(to, name);
        *to++ = '"';
        *to++ = ':';
        return to;
    }
    [[gnu::always_inline]] void end_value(char* to) {
        *to++ = ',';
        at_ = to;
    }
    void end(char bracket) {
        char* to = room(2);
        if (to[-1] == ',') --to;
        *to++ = bracket;
        end_value(to);
    }
    void digits(char* to, std::int64_t number) {
        end_value(std::to_chars(to, to + kDigitsMax, number).ptr);
    }
    // The text and its quotes; finds its room itself, because an escaped one is longer.
    void quote(char* to, std::string_view text);
    void grow(std::size_t bytes);

    std::unique_ptr<char[]> begin_;
    char* at_ = nullptr;
    char* end_ = nullptr;
};

// 16 lower-case hexadecimal digits.
std::array<char, 16> hex_digits(std::uint64_t number);

}  // namespace onsite::simulator
