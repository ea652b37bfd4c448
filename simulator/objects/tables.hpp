// Everything that one account has, a table for each kind of object.
#pragma once

#include <cstddef>

#include "simulator/core/table.hpp"
#include "simulator/objects/customer.hpp"
#include "simulator/objects/event.hpp"

namespace onsite::simulator {

struct Tables {
    explicit Tables(std::size_t rows_max) : customers(rows_max), events(rows_max) {}

    Table<Customer> customers;
    Table<Event> events;
};

}  // namespace onsite::simulator
