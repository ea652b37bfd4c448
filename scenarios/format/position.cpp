#include "scenarios/format/position.hpp"

#include <algorithm>

namespace onsite::scenarios {
namespace {

// Walks over a text that is known to be JSON, so nothing is checked again. Not recursive: the depth
// of a text that a stranger wrote is not the depth of our stack.
class Walker {
public:
    explicit Walker(std::string_view json) : json_(json) { skip_space(); }

    std::size_t place() const { return at_; }

    // Stands before a value; goes to the member or element of that name in it, or says that there
    // is none.
    bool enter(std::string_view name) {
        if (peek() == '[') return enter_element(name);
        if (peek() != '{') return false;
        take();
        while (peek() != '}' && at_ < json_.size()) {
            const std::size_t key_at = at_;
            const std::string_view key = text();
            take();  // :
            if (key == name) {
                found_at_ = key_at;
                return true;
            }
            skip_value();
            if (peek() == ',') take();
        }
        return false;
    }

    std::size_t found_at() const { return found_at_; }

private:
    char peek() const { return at_ < json_.size() ? json_[at_] : '\0'; }
    void take() {
        ++at_;
        skip_space();
    }

    bool enter_element(std::string_view index) {
        take();
        for (std::size_t i = 0; peek() != ']' && at_ < json_.size(); ++i) {
            if (std::to_string(i) == index) {
                found_at_ = at_;
                return true;
            }
            skip_value();
            if (peek() == ',') take();
        }
        return false;
    }

    void skip_space() {
        while (at_ < json_.size()) {
            if (json_.substr(at_).starts_with("//")) {
                at_ = std::min(json_.find('\n', at_), json_.size());
            } else if (json_.substr(at_).starts_with("/*")) {
                at_ = std::min(json_.find("*/", at_ + 2), json_.size() - 2) + 2;
            } else if (std::string_view(" \t\r\n\xEF\xBB\xBF").contains(json_[at_])) {
                ++at_;
            } else {
                return;
            }
        }
    }

    // What stands between the quotes, escapes as they are: our keys have none.
    std::string_view text() {
        const std::size_t from = ++at_;
        while (at_ < json_.size() && json_[at_] != '"') at_ += json_[at_] == '\\' ? 2 : 1;
        const std::size_t to = std::min(at_, json_.size());
        take();
        return json_.substr(from, to - from);
    }

    void skip_value() {
        std::size_t depth = 0;
        while (at_ < json_.size()) {
            const char c = peek();
            if (c == '"') {
                text();
            } else if (c == '{' || c == '[') {
                ++depth;
                take();
            } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                return;
            } else if (c == '}' || c == ']') {
                --depth;
                take();
            } else {
                take();
            }
            if (depth == 0 && (peek() == ',' || peek() == '}' || peek() == ']')) return;
        }
    }

    std::string_view json_;
    std::size_t at_ = 0;
    std::size_t found_at_ = 0;
};

}  // namespace

Position position_of(std::string_view json, std::span<const std::string> path) {
    Walker walker(json);
    std::size_t place = walker.place();
    for (const std::string& name : path) {
        if (!walker.enter(name)) break;
        place = walker.found_at();
    }
    place = std::min(place, json.size());
    const std::string_view before = json.substr(0, place);
    const auto newline = before.rfind('\n');
    return {.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n')),
            .column = newline == before.npos ? place + 1 : place - newline};
}

}  // namespace onsite::scenarios
