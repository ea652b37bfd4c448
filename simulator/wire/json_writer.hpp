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

    void begin_object() { open('{'); }
    void end_object() { out_ += '}'; }
    void begin_array() { open('['); }
    void end_array() { out_ += ']'; }

    // REQUIRES: a name that needs no escaping. Names from outside go through text_key().
    void key(std::string_view name) {
        separate();
        out_ += '"';
        out_ += name;
        out_ += "\":";
    }
    void text_key(std::string_view name) {
        separate();
        quote(name);
        out_ += ':';
    }

    void value(std::string_view text) {
        separate();
        quote(text);
    }
    void value(std::int64_t number) {
        separate();
        char digits[20];
        const auto end = std::to_chars(digits, digits + sizeof digits, number);
        out_.append(digits, static_cast<std::size_t>(end.ptr - digits));
    }
    void flag(bool is_set) {
        separate();
        out_ += is_set ? "true" : "false";
    }
    void null() {
        separate();
        out_ += "null";
    }
    // JSON that somebody else wrote.
    void raw(std::string_view json) {
        separate();
        out_ += json;
    }

    // Members: a key and its value.
    void text(std::string_view name, std::string_view text) { key(name), value(text); }
    // Empty means null, as Stripe shows a text that was never set.
    void text_or_null(std::string_view name, std::string_view text) {
        key(name);
        text.empty() ? null() : value(text);
    }
    void number(std::string_view name, std::int64_t number) { key(name), value(number); }
    void number_or_null(std::string_view name, std::optional<std::int64_t> number) {
        key(name);
        number ? value(*number) : null();
    }
    void flag(std::string_view name, bool is_set) { key(name), flag(is_set); }
    void null(std::string_view name) { key(name), null(); }
    void raw(std::string_view name, std::string_view json) { key(name), raw(json); }

private:
    void open(char bracket) {
        separate();
        out_ += bracket;
    }
    // A value that follows another one needs a comma; the last character says whether it does.
    void separate() {
        if (out_.empty()) return;
        const char last = out_.back();
        if (last != '{' && last != '[' && last != ':' && last != ',') out_ += ',';
    }
    void quote(std::string_view text);

    std::string& out_;
};

}  // namespace onsite::simulator
