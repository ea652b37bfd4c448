#include "solutions/1-reconciliation/production/record/postgresql_url.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "base/ascii.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::array<std::string_view, 2> kBeginnings = {"postgresql://", "postgres://"};

std::string in_percent(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (is_letter(c) || is_digit(c)) {
            safe += c;
        } else {
            safe += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return safe;
}

// libpq puts what it stumbled over in quotes: the URL, or a part of its password. One character, as
// in 'separator "="', is libpq's own.
std::string without_quotations(std::string text) {
    for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 3)) {
        if (at + 2 < text.size() && text[at + 2] == '"') continue;
        return text.substr(0, at) + "(not shown)";
    }
    return text;
}

// Of several hosts: "5432,5433".
bool is_port(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return is_digit(c) || c == ','; });
}

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

struct FreeText {
    void operator()(char* text) const { PQfreemem(text); }
};

}  // namespace

bool is_postgresql_url(std::string_view where) {
    return std::ranges::any_of(kBeginnings,
                               [&](std::string_view begin) { return where.starts_with(begin); });
}

bool looks_like_url(std::string_view where) {
    return where.find("://") != std::string_view::npos || where.starts_with("postgres:") ||
           where.starts_with("postgresql:");
}

std::string without_password(const std::string& where) {
    const std::size_t host = where.rfind('@');
    if (!looks_like_url(where) || host == std::string::npos) return where;
    return where.substr(0, where.find(':') + 1) + "..." + where.substr(host);
}

Result<std::string> postgresql_words(const std::string& url) {
    char* problem = nullptr;
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(
        PQconninfoParse(url.c_str(), &problem));
    const std::unique_ptr<char, FreeText> message(problem);
    if (!options) {
        std::string found = problem == nullptr ? "too little memory" : problem;
        while (found.ends_with('\n')) found.pop_back();
        return usage_error(
            fmt::format("expected a record as postgresql://USER@HOST/DATABASE, found: {}; mend it",
                        without_quotations(std::move(found))));
    }
    // SOCI cuts what it is given at '=', blanks and quotes, and joins it again: a URL without a '='
    // comes out with one at its end, and 'quoted words' come out torn. In this form, a URL again,
    // there is nothing to cut but what is joined as it was.
    std::string words = "postgresql:///?fallback_application_name=onsite";
    for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one) {
        const bool is_given = one->val != nullptr;
        // "joe:pa/ss@host" has the host joe, and libpq would tell that its port is "pa".
        if (is_given && one->keyword == std::string_view("port") && !is_port(one->val)) {
            return usage_error(
                "expected a record as postgresql://USER@HOST/DATABASE, found a port that is no "
                "number; write a / in a password as %2F");
        }
        if (is_given) words += fmt::format("&{}={}", one->keyword, in_percent(one->val));
    }
    return words;
}

}  // namespace onsite::reconcile
