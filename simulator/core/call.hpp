// One call of an endpoint, and the table that leads to it.
#pragma once

#include <array>
#include <expected>
#include <span>
#include <string_view>

#include "simulator/core/resource.hpp"
#include "simulator/core/world.hpp"
#include "simulator/wire/api_error.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

enum class Method { get, post, del };
std::string_view to_string(Method method);

struct Call {
    World& world;
    ParamReader& params;
    const Expand& expand;
    std::string_view path;
    std::array<std::string_view, 3> ids;  // What stands in the place of {id} in the path, in order.
    ApiVersion version = kNewest;

    View view() const { return {world, &expand, version}; }
};

// The body of a 200, or what Stripe says instead.
using Answer = std::expected<Body, ApiError>;

enum class Shape { object, list, other };
enum class Fidelity { exact, simplified };

// An endpoint. docs/reference/fidelity.md is made of these.
struct Route {
    Method method;
    std::string_view path;  // "/v1/customers/{id}"
    Answer (*handle)(Call& call);
    std::string_view result;  // The object that it answers with; what expand[] starts from.
    Shape shape = Shape::object;
    Fidelity fidelity = Fidelity::exact;
    std::string_view note = {};  // What is simplified, and how.
    std::string_view source;     // Where the rules are written down.
};

// All endpoints (resources/resources.cpp).
std::span<const std::span<const Route>> route_tables();

// ---- Answers of handlers ----

// The object as it is now, with what the call asked to expand.
Answer answer(const Call& call, const ResourceType& type, std::string_view id);
// The same, when it was just rendered for an event: used again unless something is expanded.
Answer answer(const Call& call, const ResourceType& type, std::string_view id, Body unexpanded);
// The same after a step that may have been refused.
Answer answer(const Call& call, const ResourceType& type, std::string_view id, Answer step);

}  // namespace onsite::simulator
