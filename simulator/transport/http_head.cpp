#include "simulator/transport/http_head.hpp"

#include <algorithm>

namespace onsite::simulator {
namespace {

// RFC 9110, 5.6.2
bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool is_field(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon))) return false;
    // The parser forgets a header without a value.
    const bool is_empty = line.find_first_not_of(" \t", colon + 1) == line.npos;
    return !is_empty || !(is_same_name(line.substr(0, colon), "Content-Length") ||
                          is_same_name(line.substr(0, colon), "Transfer-Encoding"));
}

}  // namespace

bool is_same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_plain_head(std::string_view head) {
    bool is_first = true;
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(head.size(), line.size() + 2));
        const bool has_controls = std::ranges::any_of(
            line, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; });
        if (has_controls || !(is_first || is_field(line))) return false;
        is_first = false;
    }
    return true;
}

}  // namespace onsite::simulator
