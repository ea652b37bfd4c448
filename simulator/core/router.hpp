// Finds the endpoint of a method and a path.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

struct RouteMatch {
    const Route* route = nullptr;       // Nothing: no endpoint of this simulator.
    std::string_view name = "unknown";  // "POST /v1/customers"
    std::array<std::string_view, 3> ids = {};
};

// Thread safety: find() may be called from several threads.
class Router {
public:
    // REQUIRES: the routes outlive the router; no two are the same.
    explicit Router(std::span<const std::span<const Route>> tables);

    // A literal step goes before {id}, unless it ends a path that has no such method:
    // "GET /v1/customers/search" is no customer, "POST /v1/customers/search" changes one.
    // Complexity: O(steps of the path).
    RouteMatch find(Method method, std::string_view path) const;

private:
    struct Node {
        std::array<const Route*, 3> routes = {};  // By method.
        std::array<std::string, 3> names = {};
        std::unordered_map<std::string_view, std::size_t> children = {};  // By step.
        std::size_t any = 0;  // The child for {id}; 0, the root, when there is none.
    };

    std::size_t child(std::size_t node, std::string_view step);

    std::vector<Node> nodes_ = {Node{}};
};

// Of all endpoints. Made once, at the first call, for all simulators of this process.
const Router& router();

}  // namespace onsite::simulator
