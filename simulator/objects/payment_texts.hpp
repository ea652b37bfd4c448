// What a client says about a payment: a payment intent and its charge have the same.
#pragma once

#include <string>

namespace onsite::simulator {

struct PaymentTexts {
    std::string description = {};
    std::string receipt_email = {};
    std::string statement_descriptor = {};
    std::string statement_descriptor_suffix = {};
    std::string transfer_group = {};
};

}  // namespace onsite::simulator
