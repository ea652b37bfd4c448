#include "simulator/resources/customers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/discounts.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/customer_methods.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/tax_ids.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kCustomerSource = "docs.stripe.com/api/customers";
constexpr std::size_t kEmailLengthMax = 512;
constexpr std::size_t kCustomerNameLengthMax = 256;
constexpr std::size_t kPhoneLengthMax = 20;

// What create and update have in common, besides the fields of the customer itself.
struct CustomerParams {
    CustomerMethods methods = {};
    std::vector<DiscountOrder> discounts = {};  // At most one.
    bool is_to_discount = false;
};

// The older parameters coupon and promotion_code: the API of 2026-10-28 can take a discount from a
// customer, and has no parameter to give one.
void read_discount(ParamReader& params, CustomerParams& sent) {
    sent.is_to_discount = params.has("coupon") || params.has("promotion_code");
    for (const bool is_coupon : {true, false}) {
        const std::string text(params.text(is_coupon ? "coupon" : "promotion_code").value_or(""));
        if (text.empty()) continue;
        sent.discounts.push_back(is_coupon ? DiscountOrder{.coupon = text}
                                           : DiscountOrder{.promotion_code = text});
    }
    if (sent.discounts.size() > 1) {
        params.refuse("promotion_code",
                      "You may only specify one of these parameters: coupon, promotion_code.");
    }
}

void read_invoice_prefix(ParamReader& params, std::string& prefix) {
    constexpr std::size_t kLengthMax = 12;
    const auto sent = params.set_text("invoice_prefix");
    if (!sent) return;
    const bool is_good = sent->size() <= kLengthMax && std::ranges::all_of(*sent, [](char c) {
                             return is_digit(c) || (c >= 'A' && c <= 'Z');
                         });
    if (!is_good) {
        params.refuse("invoice_prefix",
                      "Invalid invoice_prefix: must be 1-12 uppercase letters or numbers.");
        return;
    }
    prefix = *sent;
}

CustomerParams read_customer(ParamReader& params, Customer& customer) {
    CustomerParams sent;
    constexpr std::array<std::string_view, 3> kTaxExempt = {"exempt", "none", "reverse"};
    update_text(params, "name", customer.name, kCustomerNameLengthMax);
    if (const auto email = params.email("email", kEmailLengthMax)) customer.email = *email;
    update_text(params, "phone", customer.phone, kPhoneLengthMax);
    update_text(params, "description", customer.description);
    read_invoice_prefix(params, customer.invoice_prefix);
    update_address(params, "address", customer.address);
    update_shipping(params, customer.shipping);
    if (const auto balance = params.integer("balance")) customer.balance = *balance;
    if (const auto word = params.choice("tax_exempt", kTaxExempt)) {
        customer.tax_exempt = kTaxExempt[*word];
    }
    if (const auto next = params.integer("next_invoice_sequence", 1)) {
        customer.next_invoice_sequence = *next;
    }
    if (params.has("preferred_locales")) {
        customer.preferred_locales = params.texts("preferred_locales");
    }
    sent.methods = read_customer_methods(params, customer.id.empty());
    ParamReader settings = params.object("invoice_settings");
    read_default_of_invoices(settings, sent.methods);
    update_text(settings, "footer", customer.invoice_footer);
    if (settings.has("custom_fields")) {
        read_custom_fields(settings, customer.invoice_custom_fields.edit());
    }
    settings.ignore("rendering_options");
    read_discount(params, sent);
    params.update_metadata(customer.metadata);
    params.ignore({"cash_balance", "tax"});
    return sent;
}

// Whether the discount can be had; the errors name the parameters of a customer.
std::expected<void, ApiError> check_discount(const World& world, const Customer& customer,
                                             const CustomerParams& sent) {
    auto good = check_discounts(world, sent.discounts,
                                {.customer = customer.id,
                                 .currency = customer.currency,
                                 .now_s = timeline_of(world, customer).now_s()});
    if (good) return good;
    ApiError error = std::move(good.error());
    error.param = sent.discounts.front().coupon.empty() ? "promotion_code" : "coupon";
    return std::unexpected(std::move(error));
}

// REQUIRES: check_discount() found nothing.
void apply_discount(World& world, Customer& customer, const CustomerParams& sent) {
    if (!sent.is_to_discount) return;
    std::vector<std::string> before;
    if (!customer.discount.empty()) before.push_back(customer.discount);
    const auto after = redeem(world, sent.discounts,
                              {.customer = customer.id,
                               .currency = customer.currency,
                               .now_s = timeline_of(world, customer).now_s()});
    customer.discount = after.empty() ? std::string() : after.front();
    tell_discounts(world, before, after);
}

// ---- Endpoints ----

// docs.stripe.com/billing/testing/test-clocks
constexpr std::ptrdiff_t kCustomersOfClockMax = 3;

std::expected<void, ApiError> check_clock(const World& world, std::string_view id) {
    if (id.empty()) return {};
    const TestClock* clock = world.tables.test_clocks.find(id);
    if (clock == nullptr || clock->is_deleted) {
        return std::unexpected(no_such("test clock", id, "test_clock"));
    }
    const auto& customers = world.tables.customers;
    const auto count = std::ranges::count_if(customers.numbers_of(id), [&](std::uint64_t number) {
        return !customers.rows().at(number).is_deleted;
    });
    if (count < kCustomersOfClockMax) return {};
    return std::unexpected(invalid_parameter(
        "test_clock",
        fmt::format("A test clock can have at most {} customers.", kCustomersOfClockMax)));
}

Answer create_customer(Call& call) {
    Customer customer;
    CustomerParams sent = read_customer(call.params, customer);
    if (const auto clock = call.params.set_text("test_clock")) customer.test_clock = *clock;
    std::vector<TaxId> tax_ids;
    for (ParamReader& one : call.params.objects("tax_id_data")) tax_ids.push_back(read_tax_id(one));
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    if (auto good = check_clock(world, customer.test_clock); !good) {
        return std::unexpected(good.error());
    }
    auto methods = choose_customer_methods(world, "", std::move(sent.methods));
    if (!methods) return std::unexpected(std::move(methods.error()));
    if (auto good = check_discount(world, customer, sent); !good) {
        return std::unexpected(good.error());
    }
    customer.id = world.ids.next("cus_");
    customer.created = timeline_of(world, customer).now_s();
    if (customer.invoice_prefix.empty()) customer.invoice_prefix = world.ids.capitals("prefix", 8);
    const KeptMethods kept = keep_customer_methods(world, customer, std::move(*methods));
    Customer& added = world.tables.customers.add(std::move(customer));
    apply_discount(world, added, sent);
    Body body = rendered(world, kCustomerType, added.id);
    world.emit("customer.created", body);
    attach_kept(world, added, kept);
    for (TaxId& tax_id : tax_ids) {
        tax_id.customer = added.id;
        add_tax_id(world, std::move(tax_id));
    }
    return answer(call, kCustomerType, added.id, std::move(body));
}

// The customer of the path; a deleted one can be looked at and not be changed.
std::expected<Customer*, ApiError> customer_of(const Call& call) {
    Customer* customer = call.world.tables.customers.find(call.ids[0]);
    if (customer == nullptr) return std::unexpected(no_such_in_path("customer", call.ids[0]));
    return customer;
}

Answer retrieve_customer(Call& call) {
    const auto customer = customer_of(call);
    if (!customer) return std::unexpected(customer.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kCustomerType, (*customer)->id);
}

Answer update_customer(Call& call) {
    const auto customer = living_customer_of(call);
    if (!customer) return std::unexpected(customer.error());
    World& world = call.world;
    Customer changed = **customer;
    CustomerParams sent = read_customer(call.params, changed);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    auto methods = choose_customer_methods(world, changed.id, std::move(sent.methods));
    if (!methods) return std::unexpected(std::move(methods.error()));
    if (auto good = check_discount(world, changed, sent); !good) {
        return std::unexpected(good.error());
    }
    const Body before = rendered(world, kCustomerType, changed.id);
    attach_kept(world, changed, keep_customer_methods(world, changed, std::move(*methods)));
    apply_discount(world, changed, sent);
    **customer = std::move(changed);
    Body after = rendered(call.world, kCustomerType, (*customer)->id);
    call.world.emit("customer.updated", after, changed_attributes(*before, *after));
    return answer(call, kCustomerType, (*customer)->id, std::move(after));
}

Answer delete_customer(Call& call) {
    const auto customer = living_customer_of(call);
    if (!customer) return std::unexpected(customer.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    cancel_all_of(call.world, (*customer)->id);
    for (PaymentMethod* method : call.world.tables.payment_methods.rows_of((*customer)->id)) {
        detach(call.world, *method);
    }
    call.world.emit("customer.deleted", rendered(call.world, kCustomerType, (*customer)->id));
    (*customer)->is_deleted = true;
    return answer(call, kCustomerType, (*customer)->id);
}

Answer list_customers(Call& call) {
    const Page page = read_page(call.params);
    const auto email = call.params.set_text("email");
    const auto clock = call.params.set_text("test_clock");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.customers, kCustomerType, page,
                     [&](const Customer& customer) {
                         return !customer.is_deleted && (!email || customer.email == *email) &&
                                customer.test_clock == clock.value_or("");
                     });
}

constexpr std::string_view kCustomerNote =
    "cash_balance, tax and rendering_options are taken and have no effect; source is a card's "
    "token; the "
    "older parameters coupon and promotion_code are taken as well; a test card's name as "
    "invoice_settings[default_payment_method] is kept without asking the bank";

constexpr std::array kCustomerRoutes = {
    Route{.method = Method::post,
          .path = "/v1/customers",
          .handle = create_customer,
          .result = "customer",
          .fidelity = Fidelity::simplified,
          .note = kCustomerNote,
          .source = kCustomerSource},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}",
          .handle = retrieve_customer,
          .result = "customer",
          .fidelity = Fidelity::simplified,
          .note =
              "delinquent follows scheduled attempts, due dates and what settles an invoice; a "
              "first payment that fails does not set it; when they are expanded, cash_balance is "
              "null, tax knows no location, sources are empty",
          .source = kCustomerSource},
    Route{.method = Method::post,
          .path = "/v1/customers/{id}",
          .handle = update_customer,
          .result = "customer",
          .fidelity = Fidelity::simplified,
          .note = kCustomerNote,
          .source = kCustomerSource},
    Route{.method = Method::del,
          .path = "/v1/customers/{id}",
          .handle = delete_customer,
          .result = "customer",
          .source = kCustomerSource},
    Route{.method = Method::get,
          .path = "/v1/customers",
          .handle = list_customers,
          .result = "customer",
          .shape = Shape::list,
          .source = kCustomerSource},
};

}  // namespace

std::expected<Customer*, ApiError> living_customer_of(const Call& call) {
    auto customer = customer_of(call);
    if (customer && (*customer)->is_deleted) {
        return std::unexpected(no_such_in_path("customer", call.ids[0]));
    }
    return customer;
}

std::span<const Route> customer_routes() { return kCustomerRoutes; }

}  // namespace onsite::simulator
