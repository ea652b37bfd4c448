// Pages of what is part of another object and stands in its order: lines of an invoice, of a credit
// note, of a checkout session.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "simulator/core/list.hpp"

namespace onsite::simulator {

// {"object": "list", ...} of the elements that the page has; write_one(json, element, place).
// A cursor that names nothing begins after the last element, as lists of Stripe's lines do.
template <typename Elements, typename WriteOne>
Answer cut_page(const Call& call, const Elements& elements, const Page& page,
                const WriteOne& write_one) {
    const auto place_of = [&](const std::string& id) {
        const auto found =
            std::ranges::find_if(elements, [&](const auto& e) { return e.id == id; });
        return static_cast<std::size_t>(found - elements.begin());
    };
    const auto limit = static_cast<std::size_t>(page.limit);
    std::size_t first = 0;
    std::size_t last = elements.size();
    if (!page.starting_after.empty()) {
        first = std::min(last, place_of(page.starting_after) + 1);
    } else if (!page.ending_before.empty()) {
        last = place_of(page.ending_before);
        first = last - std::min(last, limit);
    }
    last = std::min(last, first + limit);
    JsonWriter json;
    json.begin_object();
    json.word("object", "list");
    json.key("data");
    json.begin_array();
    for (std::size_t i = first; i < last; ++i) write_one(json, elements[i], i);
    json.end_array();
    json.flag("has_more", page.ending_before.empty() ? last < elements.size() : first > 0);
    json.text("url", call.path);
    json.end_object();
    return std::make_shared<const std::string>(json.written());
}

}  // namespace onsite::simulator
