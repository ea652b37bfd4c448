#include "simulator/session/authentication_page.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

// Ids are letters, digits and "_"; nothing else of a path gets into a page.
std::string plain(std::string_view id) {
    std::string text(id.substr(0, 100));
    std::erase_if(text, [](char c) {
        const bool is_plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
        return !is_plain;
    });
    return text;
}

std::string page(std::string_view inside) { return simulated_page("3-D Secure", inside); }

}  // namespace

std::string simulated_page(std::string_view title, std::string_view inside) {
    return fmt::format(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{}</title>"
        "<style>body{{font:16px sans-serif;max-width:30em;margin:4em auto}}"
        "button{{font:inherit;padding:.5em 1em;margin-right:1em}}</style>{}</html>\n",
        title, inside);
}

std::string authentication_page(std::string_view intent_id) {
    return page(fmt::format(
        "<h1>3-D Secure</h1><p>The simulated bank asks whether <code>{}</code> is yours.</p>"
        "<form method=\"post\"><button name=\"result\" value=\"complete\">Complete</button>"
        "<button name=\"result\" value=\"fail\">Fail</button></form>",
        plain(intent_id)));
}

std::string authentication_result_page(std::string_view intent_id, bool is_done, bool is_success) {
    const std::string_view said = !is_done     ? "waits for no authentication"
                                  : is_success ? "is authenticated"
                                               : "failed its authentication";
    return page(
        fmt::format("<h1>3-D Secure</h1><p><code>{}</code> {}.</p>", plain(intent_id), said));
}

}  // namespace onsite::simulator
