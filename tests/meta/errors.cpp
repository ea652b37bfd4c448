#include "tests/meta/errors.hpp"

#include <array>
#include <cctype>
#include <optional>

#include <fmt/format.h>

namespace onsite::meta {
namespace {

// The texts among the arguments of a call. Neighbours are one text, as for the compiler: a sentence
// goes on over the end of a line.
class Literals {
public:
    // `code` begins with the bracket of a call and reaches as far as the file.
    explicit Literals(std::string_view code) : code_(code) {}

    // The next text of the call's arguments; nothing behind its last bracket.
    std::optional<std::string> next() {
        std::optional<std::string> text;
        for (; at_ < code_.size(); ++at_) {
            const char c = code_[at_];
            if (c == '"') {
                text = text.value_or("") + literal();
                continue;
            }
            if (c == '\'' && at_ + 2 < code_.size()) {  // '"' and ')' are letters here.
                at_ += code_[at_ + 1] == '\\' ? 3 : 2;
                continue;
            }
            if (text && !std::isspace(static_cast<unsigned char>(c))) return text;
            if (c == '(') ++depth_;
            if (c == ')' && --depth_ == 0) break;
        }
        at_ = code_.size();
        return text;
    }

private:
    // Ends on the closing quote.
    std::string literal() {
        std::string letters;
        for (++at_; at_ < code_.size() && code_[at_] != '"'; ++at_) {
            letters += code_[at_];
            if (code_[at_] == '\\' && at_ + 1 < code_.size()) letters += code_[++at_];
        }
        return letters;
    }

    std::string_view code_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

bool ends_a_sentence(std::string_view text) {
    for (auto at = text.find('.'); at != text.npos; at = text.find('.', at + 1)) {
        const bool is_one_of_three = at > 0 && text[at - 1] == '.';
        if (is_one_of_three) continue;
        if (at + 1 == text.size() && at > 0) return true;
        if (text.substr(at).starts_with(". ")) return true;
    }
    return false;
}

}  // namespace

Problems punctuates_an_error(const Tree& tree) {
    static constexpr std::array<std::string_view, 2> kMakers = {"usage_error(", "tool_error("};
    Problems problems;
    for (const File& file : tree) {
        if (!is_cpp(file) || file.path.starts_with("tests/")) continue;
        const std::string_view text = file.text;
        for (const std::string_view maker : kMakers) {
            for (auto at = text.find(maker); at != text.npos; at = text.find(maker, at + 1)) {
                Literals literals(text.substr(at + maker.size() - 1));
                while (const auto literal = literals.next()) {
                    if (!ends_a_sentence(*literal)) continue;
                    problems.push_back(fmt::format("{}: \"{}\"", file.path, *literal));
                }
            }
        }
    }
    return problems;
}

}  // namespace onsite::meta
