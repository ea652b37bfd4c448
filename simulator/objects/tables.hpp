// Everything that one account has, a table for each kind of object.
#pragma once

#include <cstddef>

#include "simulator/core/table.hpp"
#include "simulator/objects/customer.hpp"
#include "simulator/objects/event.hpp"
#include "simulator/objects/webhook_endpoint.hpp"

namespace onsite::simulator {

struct Tables {
    explicit Tables(std::size_t rows_max)
        : customers(rows_max), events(rows_max), webhook_endpoints(rows_max) {}

    Table<Customer> customers;
    Table<Event> events;
    Table<WebhookEndpoint> webhook_endpoints;
};

}  // namespace onsite::simulator
