#include "scenarios/player/json_text.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace onsite::scenarios {
namespace {

// The bytes that give a value its shape.
constexpr auto kShapes = [] {
    std::array<bool, 256> shapes{};
    for (const char c : {'"', '{', '[', '}', ']'}) shapes[static_cast<unsigned char>(c)] = true;
    return shapes;
}();

class Scanner {
public:
    explicit Scanner(std::string_view json) : at_(json.data()), end_(json.data() + json.size()) {}

    // Goes to the value of that member. REQUIRES: at the beginning of a value.
    bool enter(std::string_view name) {
        if (!take('{')) return false;
        while (true) {
            const std::string_view key = value();
            if (key.size() < 2 || !take(':')) return false;
            if (key.substr(1, key.size() - 2) == name) return true;
            if (value().empty() || !take(',')) return false;
        }
    }

    // The whole value here, which is passed; empty when there is none.
    std::string_view value() {
        skip_space();
        const char* const begin = at_;
        int depth = 0;
        do {
            if (depth > 0) pass_filling();
            if (at_ == end_) return {};
            const char c = *at_;
            if (c == '"') {
                if (!pass_text()) return {};
            } else if (c == '{' || c == '[') {
                ++depth;
                ++at_;
            } else if (c == '}' || c == ']') {
                --depth;
                ++at_;
            } else {
                pass_word();
            }
        } while (depth > 0);
        return {begin, at_};
    }

private:
    void skip_space() {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
    }
    bool take(char wanted) {
        skip_space();
        if (at_ == end_ || *at_ != wanted) return false;
        ++at_;
        return true;
    }
    // What is in an object or a list and neither begins nor ends a text, an object or a list: most
    // bytes of a value that is passed.
    void pass_filling() {
        while (at_ != end_ && !kShapes[static_cast<unsigned char>(*at_)]) ++at_;
    }
    bool pass_text() {
        for (++at_; at_ != end_; ++at_) {
            at_ = std::find_if(at_, end_, [](char c) { return c == '"' || c == '\\'; });
            if (at_ == end_) return false;
            if (*at_ == '"') {
                ++at_;
                return true;
            }
            if (at_ + 1 != end_) ++at_;
        }
        return false;
    }
    void pass_word() {
        constexpr std::string_view kEnds = ",:]}{[\" \n\t\r";
        do ++at_;
        while (at_ != end_ && kEnds.find(*at_) == kEnds.npos);
    }

    const char* at_;
    const char* end_;
};

}  // namespace

std::string json_text(std::string_view json, std::string_view path) {
    Scanner scanner(json);
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view name = path.substr(0, path.find('/'));
        if (!scanner.enter(name)) return {};
        path.remove_prefix(name.size());
    }
    const std::string_view found = scanner.value();
    if (!found.starts_with('"')) return std::string(found);
    if (found.find('\\') == found.npos) return std::string(found.substr(1, found.size() - 2));
    const auto text = nlohmann::json::parse(found, nullptr, false);
    return text.is_string() ? text.get<std::string>() : std::string();
}

}  // namespace onsite::scenarios
