#include "scenarios/player/json_text.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <nlohmann/json.hpp>

namespace onsite::scenarios {
namespace {

// The bytes that give a value its shape.
constexpr auto kShapes = [] {
    std::array<bool, 256> shapes{};
    for (const char c : {'"', '{', '[', '}', ']'}) shapes[static_cast<unsigned char>(c)] = true;
    return shapes;
}();

std::string text_of(std::string_view value) {
    if (!value.starts_with('"')) return std::string(value);
    if (value.find('\\') == value.npos) return std::string(value.substr(1, value.size() - 2));
    const auto text = nlohmann::json::parse(value, nullptr, false);
    return text.is_string() ? text.get<std::string>() : std::string();
}

// What is looked for, and where it goes.
struct Wanted {
    std::string_view path;
    std::string* text;
    bool is_found = false;
};

// The paths that lead on through a member of that name, at that depth, come first. How many they
// are.
std::span<Wanted> through(std::span<Wanted> wanted, std::size_t depth, std::string_view name) {
    const auto rest = std::ranges::partition(wanted, [&](const Wanted& one) {
        if (one.is_found) return false;
        const std::string_view path = one.path.substr(depth + 1);
        return path.starts_with(name) && (path.size() == name.size() || path[name.size()] == '/');
    });
    return wanted.first(wanted.size() - rest.size());
}

class Scanner {
public:
    Scanner(std::string_view json, std::size_t wanted)
        : at_(json.data()), end_(json.data() + json.size()), missing_(wanted) {}

    // Passes the value here, to which the first `depth` bytes of each path have led, until all is
    // found. false: what stands here is no JSON, or nothing is missing.
    bool find(std::span<Wanted> wanted, std::size_t depth) {
        skip_space();
        const char* const begin = at_;
        const auto deeper = std::ranges::partition(
            wanted, [&](const Wanted& one) { return one.path.size() == depth; });
        const bool is_object = !deeper.empty() && at_ != end_ && *at_ == '{';
        if (is_object ? !find_in_object(deeper, depth) : value().empty()) return false;
        for (Wanted& one : wanted.first(wanted.size() - deeper.size())) {
            *one.text = text_of({begin, at_});
            one.is_found = true;
            --missing_;
        }
        return missing_ > 0;
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
    bool find_in_object(std::span<Wanted> wanted, std::size_t depth) {
        ++at_;
        if (take('}')) return true;
        do {
            const std::string_view key = value();
            if (key.size() < 2 || !take(':')) return false;
            const std::string_view name = key.substr(1, key.size() - 2);
            const auto matching = through(wanted, depth, name);
            const bool goes_on =
                matching.empty() ? !value().empty() : find(matching, depth + 1 + name.size());
            if (!goes_on) return false;
        } while (take(','));
        return take('}');
    }

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
    std::size_t missing_;
};

}  // namespace

std::string json_text(std::string_view json, std::string_view path) {
    return std::move(json_texts(json, {path}).front());
}

std::vector<std::string> json_texts(std::string_view json,
                                    std::initializer_list<std::string_view> paths) {
    std::vector<std::string> texts(paths.size());
    std::vector<Wanted> wanted;
    for (const std::string_view path : paths) wanted.push_back({path, &texts[wanted.size()]});
    Scanner(json, wanted.size()).find(wanted, 0);
    return texts;
}

}  // namespace onsite::scenarios
