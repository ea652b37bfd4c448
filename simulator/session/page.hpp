// What the pages for browsers have in common (3-D Secure, Checkout, the billing portal).
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"
#include "simulator/core/world.hpp"
#include "simulator/session/session.hpp"

namespace onsite::simulator {

// What a page is about, in whichever account it is; nothing when there is no such row.
template <typename Row>
struct Found {
    World* world = nullptr;
    Row* row = nullptr;
};
template <typename Row>
Found<Row> find_in_accounts(Session& session, Table<Row> Tables::*table, std::string_view id) {
    for (World* world : session.simulator().worlds()) {
        if (Row* row = (world->tables.*table).find(id)) return {world, row};
    }
    return {};
}

// A page in the one style that they have, its title as its heading.
// REQUIRES: `inside` is markup; texts of a client went through as_text().
HttpResponse page(std::string_view title, std::string_view inside, int status = 200);

// 404: what the page is about is in no account.
HttpResponse no_session(std::string_view title);

// Sends the browser on, with GET.
HttpResponse go_to(std::string place);

// Texts of a client as they are shown: never as markup.
std::string as_text(std::string_view text);

// What went wrong, above a form; nothing of an empty text.
std::string alert(std::string_view problem);

}  // namespace onsite::simulator
