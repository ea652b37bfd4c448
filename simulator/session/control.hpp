// The control endpoints under /_onsite: state, trace, faults, clock, reset, seed, the page of 3-D
// Secure. docs/guides/simulate.md lists them.
#pragma once

#include <string_view>

#include "base/http.hpp"
#include "simulator/session/session.hpp"

namespace onsite::simulator {

// Answers what the path, its query and a JSON body ask for. Errors are {"error":{"message":...}}
// with one sentence: 400, 403 for whoever is not on this machine, 404, 405.
HttpResponse control(Session& session, const HttpRequest& request, Peer peer);

// Whether a target is one of the control endpoints: "/_onsitex" is a path of the API.
bool is_control(std::string_view target);

// Whether a request may change something, and so is part of a run's story.
bool changes_something(const HttpRequest& request);

}  // namespace onsite::simulator
