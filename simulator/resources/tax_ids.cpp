#include "simulator/resources/tax_ids.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kTaxIdSource = "docs.stripe.com/api/tax_ids";

constexpr std::array<std::string_view, 4> kStatuses = {"pending", "verified", "unverified",
                                                       "unavailable"};
constexpr std::int64_t kAnswerAfterUs = 60'000'000;

// Two letters, or nothing when the id does not tell.
std::string country_of(const TaxId& tax_id) {
    if (tax_id.type == "eu_oss_vat") return {};
    if (tax_id.type == "ic_nif") return "ES";
    if (tax_id.type != "eu_vat") {
        std::string country = tax_id.type.substr(0, 2);
        for (char& c : country) c = static_cast<char>(c - 'a' + 'A');
        return country;
    }
    if (is_test_tax_number(tax_id.value)) return {};
    const std::string country = tax_id.value.substr(0, 2);
    return country == "EL" ? "GR" : country == "XI" ? "GB" : country;
}

void write_owner(JsonWriter& json, const View& view, const TaxId& tax_id) {
    json.key("owner");
    json.begin_object();
    if (!tax_id.customer.empty()) {
        write_reference(json, view.child("owner"), "customer", tax_id.customer);
    }
    json.null("customer_account");
    json.word("type", tax_id.customer.empty() ? "self" : "customer");
    json.end_object();
}

bool render_tax_id(JsonWriter& json, const View& view, std::string_view id) {
    const TaxId* tax_id = view.world.tables.tax_ids.find(id);
    if (tax_id == nullptr) return false;
    json.begin_object();
    json.text("id", tax_id->id);
    json.word("object", "tax_id");
    json.text_or_null("country", country_of(*tax_id));
    json.number("created", tax_id->created);
    write_reference(json, view, "customer", tax_id->customer);
    json.null("customer_account");
    json.flag("livemode", false);
    write_owner(json, view, *tax_id);
    json.text("type", tax_id->type);
    json.text("value", tax_id->value);
    json.key("verification");
    json.begin_object();
    json.word("status", kStatuses[static_cast<std::size_t>(tax_id->status)]);
    json.null("verified_address");
    json.null("verified_name");
    json.end_object();
    json.end_object();
    return true;
}

constexpr std::array kTaxIdReferences = {Reference{"customer", "customer"},
                                         Reference{"owner.customer", "customer"}};

// Those of a deleted customer are gone with them.
bool is_there(const World& world, const TaxId& tax_id) {
    if (tax_id.is_deleted) return false;
    if (tax_id.customer.empty()) return true;
    const Customer* customer = world.tables.customers.find(tax_id.customer);
    return customer != nullptr && !customer->is_deleted;
}

void ask_about(World& world, const TaxId& tax_id) {
    if (tax_id.value != kVerifiedTaxNumber && tax_id.value != kUnverifiedTaxNumber) return;
    world.timeline.at(world.timeline.now_us() + kAnswerAfterUs, [&world, id = tax_id.id] {
        TaxId* asked = world.tables.tax_ids.find(id);
        if (asked == nullptr || !is_there(world, *asked)) return;
        const Body before = rendered(world, kTaxIdType, id);
        asked->status =
            asked->value == kVerifiedTaxNumber ? TaxIdStatus::verified : TaxIdStatus::unverified;
        if (asked->customer.empty()) return;
        emit_changed(world, kTaxIdType, id, "customer.tax_id.updated", before);
    });
}

// The id of a customer's URL, or of any owner in /v1/tax_ids/{id}.
std::expected<TaxId*, ApiError> tax_id_of(const Call& call) {
    const bool is_of_customer = !call.ids[1].empty();
    const std::string_view id = call.ids[is_of_customer ? 1 : 0];
    TaxId* tax_id = call.world.tables.tax_ids.find(id);
    if (tax_id == nullptr || !is_there(call.world, *tax_id) ||
        (is_of_customer && tax_id->customer != call.ids[0])) {
        return std::unexpected(no_such_in_path("tax_id", id));
    }
    return tax_id;
}

Answer created(Call& call, TaxId tax_id) {
    return answer(call, kTaxIdType, add_tax_id(call.world, std::move(tax_id)));
}

Answer create_of_customer(Call& call) {
    const auto customer = living_customer_of(call);
    if (!customer) return std::unexpected(customer.error());
    TaxId tax_id = read_tax_id(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    tax_id.customer = (*customer)->id;
    return created(call, std::move(tax_id));
}

// The customer that owner names; empty for the account itself.
std::string read_owner(ParamReader& params, const World& world) {
    constexpr std::array<std::string_view, 2> kOwners = {"self", "customer"};
    ParamReader owner = params.object("owner");
    const bool is_customer = owner.choice("type", kOwners).value_or(0) == 1;
    const std::string id(owner.set_text("customer").value_or(""));
    if (!is_customer && !id.empty()) {
        owner.refuse("customer", "`owner[customer]` goes with the `owner[type]` customer only.");
    }
    if (!is_customer) return {};
    const Customer* customer = world.tables.customers.find(id);
    if (customer == nullptr || customer->is_deleted) {
        params.refuse(id.empty() ? parameter_missing("owner[customer]")
                                 : no_such("customer", id, "owner[customer]"));
    }
    return id;
}

Answer create_tax_id(Call& call) {
    TaxId tax_id = read_tax_id(call.params);
    tax_id.customer = read_owner(call.params, call.world);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return created(call, std::move(tax_id));
}

Answer retrieve_tax_id(Call& call) {
    const auto tax_id = tax_id_of(call);
    if (!tax_id) return std::unexpected(tax_id.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kTaxIdType, (*tax_id)->id);
}

Answer delete_tax_id(Call& call) {
    const auto tax_id = tax_id_of(call);
    if (!tax_id) return std::unexpected(tax_id.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!(*tax_id)->customer.empty()) {
        call.world.emit("customer.tax_id.deleted", rendered(call.world, kTaxIdType, (*tax_id)->id));
    }
    (*tax_id)->is_deleted = true;
    JsonWriter json;
    write_tombstone(json, (*tax_id)->id, "tax_id");
    return std::make_shared<const std::string>(json.written());
}

Answer list_of(Call& call, std::string_view customer, const Page& page) {
    return list_rows_of(
        call, customer, call.world.tables.tax_ids, kTaxIdType, page,
        [&](const TaxId& row) { return !row.is_deleted && row.customer == customer; });
}

Answer list_of_customer(Call& call) {
    const auto customer = living_customer_of(call);
    if (!customer) return std::unexpected(customer.error());
    const Page page = read_page(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_of(call, (*customer)->id, page);
}

Answer list_tax_ids(Call& call) {
    const Page page = read_page(call.params);
    const std::string customer = read_owner(call.params, call.world);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_of(call, customer, page);
}

constexpr std::string_view kTaxIdNote =
    "eu_vat is checked for its country and length, other types for nothing; eu_vat, gb_vat and "
    "au_abn stay pending, but 000000000 is verified and 111111111 is not, a minute later; accounts "
    "and applications own none";

constexpr std::array kTaxIdRoutes = {
    Route{.method = Method::post,
          .path = "/v1/customers/{id}/tax_ids",
          .handle = create_of_customer,
          .result = "tax_id",
          .fidelity = Fidelity::simplified,
          .note = kTaxIdNote,
          .source = kTaxIdSource},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}/tax_ids/{id}",
          .handle = retrieve_tax_id,
          .result = "tax_id",
          .source = kTaxIdSource},
    Route{.method = Method::del,
          .path = "/v1/customers/{id}/tax_ids/{id}",
          .handle = delete_tax_id,
          .result = "tax_id",
          .source = kTaxIdSource},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}/tax_ids",
          .handle = list_of_customer,
          .result = "tax_id",
          .shape = Shape::list,
          .source = kTaxIdSource},
    Route{.method = Method::post,
          .path = "/v1/tax_ids",
          .handle = create_tax_id,
          .result = "tax_id",
          .fidelity = Fidelity::simplified,
          .note = kTaxIdNote,
          .source = kTaxIdSource},
    Route{.method = Method::get,
          .path = "/v1/tax_ids/{id}",
          .handle = retrieve_tax_id,
          .result = "tax_id",
          .source = kTaxIdSource},
    Route{.method = Method::del,
          .path = "/v1/tax_ids/{id}",
          .handle = delete_tax_id,
          .result = "tax_id",
          .source = kTaxIdSource},
    Route{.method = Method::get,
          .path = "/v1/tax_ids",
          .handle = list_tax_ids,
          .result = "tax_id",
          .shape = Shape::list,
          .source = kTaxIdSource},
};

}  // namespace

std::string add_tax_id(World& world, TaxId tax_id) {
    tax_id.id = world.ids.next("txi_");
    tax_id.created = timeline_of(world, tax_id.customer).now_s();
    const TaxId& added = world.tables.tax_ids.add(std::move(tax_id));
    ask_about(world, added);
    if (!added.customer.empty()) {
        world.emit("customer.tax_id.created", rendered(world, kTaxIdType, added.id));
    }
    return added.id;
}

void write_tax_ids(JsonWriter& json, std::string_view name, std::span<const TaxId> tax_ids) {
    json.key(name);
    json.begin_array();
    for (const TaxId& tax_id : tax_ids) {
        json.begin_object();
        json.text("type", tax_id.type);
        json.text("value", tax_id.value);
        json.end_object();
    }
    json.end_array();
}

const ResourceType kTaxIdType = {"tax_id", "txi_", kTaxIdReferences, render_tax_id};

std::span<const Route> tax_id_routes() { return kTaxIdRoutes; }

}  // namespace onsite::simulator
