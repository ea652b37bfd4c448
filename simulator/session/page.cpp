#include "simulator/session/page.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/escape.hpp"

namespace onsite::simulator {

HttpResponse page(std::string_view title, std::string_view inside, int status) {
    return {.status = status,
            .headers = {{"Content-Type", "text/html; charset=utf-8"}},
            .body = fmt::format(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{0}</title>"
                "<style>body{{font:16px sans-serif;max-width:30em;margin:4em auto}}"
                "button{{font:inherit;padding:.5em 1em;margin-right:1em}}</style>"
                "<h1>{0}</h1>{1}</html>\n",
                title, inside)};
}

HttpResponse no_session(std::string_view title) {
    return page(title, "<p>There is no such session.</p>", 404);
}

HttpResponse go_to(std::string place) {
    return {.status = 303, .headers = {{"Location", std::move(place)}}, .body = {}};
}

std::string as_text(std::string_view text) { return markup(harmless(text, Lines::one)); }

std::string alert(std::string_view problem) {
    return problem.empty() ? std::string()
                           : fmt::format("<p role=\"alert\">{}</p>", as_text(problem));
}

}  // namespace onsite::simulator
