#include "simulator/resources/customers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kSource = "docs.stripe.com/api/customers";
constexpr std::size_t kEmailBytesMax = 512;
constexpr std::size_t kNameBytesMax = 256;
constexpr std::size_t kPhoneBytesMax = 20;

// ---- Rendering ----

void write_invoice_settings(JsonWriter& json, const View& view, const Customer& customer) {
    json.key("invoice_settings");
    json.begin_object();
    json.null("custom_fields");
    write_reference(json, view.child("invoice_settings"), "default_payment_method",
                    customer.default_payment_method);
    json.text_or_null("footer", customer.invoice_footer);
    json.null("rendering_options");
    json.end_object();
}

void write_deleted(JsonWriter& json, const Customer& customer) {
    json.begin_object();
    json.text("id", customer.id);
    json.text("object", "customer");
    json.flag("deleted", true);
    json.end_object();
}

bool render_customer(JsonWriter& json, const View& view, std::string_view id) {
    const Customer* customer = view.world.tables.customers.find(id);
    if (customer == nullptr) return false;
    if (customer->is_deleted) return write_deleted(json, *customer), true;
    json.begin_object();
    json.text("id", customer->id);
    json.text("object", "customer");
    write_address(json, "address", customer->address);
    json.number("balance", customer->balance);
    json.number("created", customer->created);
    json.text_or_null("currency", customer->currency);
    write_reference(json, view, "default_source", customer->default_source);
    json.flag("delinquent", customer->is_delinquent);
    json.text_or_null("description", customer->description);
    json.null("discount");
    json.text_or_null("email", customer->email);
    json.text("invoice_prefix", customer->invoice_prefix);
    write_invoice_settings(json, view, *customer);
    json.flag("livemode", false);
    write_metadata(json, customer->metadata);
    json.text_or_null("name", customer->name);
    json.number("next_invoice_sequence", customer->next_invoice_sequence);
    json.text_or_null("phone", customer->phone);
    json.key("preferred_locales");
    json.begin_array();
    for (const std::string& locale : customer->preferred_locales) json.value(locale);
    json.end_array();
    write_shipping(json, customer->shipping);
    json.text("tax_exempt", customer->tax_exempt);
    write_reference(json, view, "test_clock", customer->test_clock);
    json.end_object();
    return true;
}

constexpr std::array kReferences = {
    Reference{"default_source", ""},
    Reference{"invoice_settings.default_payment_method", "payment_method"},
    Reference{"test_clock", "test_helpers.test_clock"},
};

// ---- Endpoints ----

void read_invoice_settings(ParamReader& params, Customer& customer) {
    ParamReader settings = params.object("invoice_settings");
    update_text(settings, "default_payment_method", customer.default_payment_method);
    update_text(settings, "footer", customer.invoice_footer);
    settings.ignore({"custom_fields", "rendering_options"});
}

// What create and update have in common.
void read_customer(ParamReader& params, Customer& customer) {
    constexpr std::array<std::string_view, 3> kTaxExempt = {"exempt", "none", "reverse"};
    update_text(params, "name", customer.name, kNameBytesMax);
    update_text(params, "email", customer.email, kEmailBytesMax);
    update_text(params, "phone", customer.phone, kPhoneBytesMax);
    update_text(params, "description", customer.description);
    update_text(params, "invoice_prefix", customer.invoice_prefix);
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
    read_invoice_settings(params, customer);
    params.update_metadata(customer.metadata);
    params.ignore({"cash_balance", "tax", "tax_id_data"});
}

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
    read_customer(call.params, customer);
    if (const auto clock = call.params.set_text("test_clock")) customer.test_clock = *clock;
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    if (auto good = check_clock(world, customer.test_clock); !good) {
        return std::unexpected(good.error());
    }
    customer.id = world.ids.next("cus_");
    customer.created = timeline_of(world, customer).now_s();
    if (customer.invoice_prefix.empty()) customer.invoice_prefix = world.ids.letters("prefix", 8);
    const Customer& added = world.tables.customers.add(std::move(customer));
    Body body = rendered(world, kCustomerType, added.id);
    world.emit("customer.created", body);
    return answer(call, kCustomerType, added.id, std::move(body));
}

// The customer of the path; a deleted one can be looked at and not be changed.
std::expected<Customer*, ApiError> customer_of(const Call& call) {
    Customer* customer = call.world.tables.customers.find(call.ids[0]);
    if (customer == nullptr) return std::unexpected(no_such_in_path("customer", call.ids[0]));
    return customer;
}

std::expected<Customer*, ApiError> living_customer_of(const Call& call) {
    auto customer = customer_of(call);
    if (customer && (*customer)->is_deleted) {
        return std::unexpected(no_such_in_path("customer", call.ids[0]));
    }
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
    Customer changed = **customer;
    read_customer(call.params, changed);
    call.params.ignore({"default_source", "source"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kCustomerType, changed.id);
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

constexpr std::array kRoutes = {
    Route{.method = Method::post,
          .path = "/v1/customers",
          .handle = create_customer,
          .result = "customer",
          .source = kSource},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}",
          .handle = retrieve_customer,
          .result = "customer",
          .source = kSource},
    Route{.method = Method::post,
          .path = "/v1/customers/{id}",
          .handle = update_customer,
          .result = "customer",
          .fidelity = Fidelity::simplified,
          .note = "cash_balance, tax and tax_id_data are taken and have no effect",
          .source = kSource},
    Route{.method = Method::del,
          .path = "/v1/customers/{id}",
          .handle = delete_customer,
          .result = "customer",
          .source = kSource},
    Route{.method = Method::get,
          .path = "/v1/customers",
          .handle = list_customers,
          .result = "customer",
          .shape = Shape::list,
          .source = kSource},
};

}  // namespace

const ResourceType kCustomerType = {"customer", "cus_", kReferences, render_customer};

std::span<const Route> customer_routes() { return kRoutes; }

}  // namespace onsite::simulator
