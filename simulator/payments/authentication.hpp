// The end of 3-D Secure: what the page /_onsite/3ds/{id} tells the simulator.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

// The owner of the card proved who they are, or failed to. The intent, "pi_" or "seti_", goes on as
// it would have without the question; that the bank declines then is no error here: the intent and
// its events tell. Errors: 404 when there is no such intent, 400 when it does not wait for an
// action.
std::expected<void, ApiError> complete_authentication(World& world, std::string_view id,
                                                      bool succeeds);

// The page of an intent, of a simulator that is reached at `base_url`.
std::string authentication_url(std::string_view base_url, std::string_view id);

// Where the browser goes afterwards, with the parameters that Stripe adds to it; empty when the
// client named no place or there is no such intent.
std::string return_url_of(const World& world, std::string_view id);

}  // namespace onsite::simulator
