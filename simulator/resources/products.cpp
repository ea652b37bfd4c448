#include "simulator/resources/products.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/prices.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kProductSource = "docs.stripe.com/api/products";

void write_features(JsonWriter& json, const Product& product) {
    json.key("marketing_features");
    json.begin_array();
    for (const std::string& name : product.marketing_features) {
        json.begin_object();
        json.text("name", name);
        json.end_object();
    }
    json.end_array();
}

bool render_product(JsonWriter& json, const View& view, std::string_view id) {
    const Product* product = view.world.tables.products.find(id);
    if (product == nullptr) return false;
    if (product->is_deleted) return write_tombstone(json, product->id, "product"), true;
    json.begin_object();
    json.text("id", product->id);
    json.word("object", "product");
    json.flag("active", product->is_active);
    json.number("created", product->created);
    write_reference(json, view, "default_price", product->default_price);
    json.text_or_null("description", product->description);
    write_texts(json, "images", product->images);
    json.flag("livemode", false);
    write_features(json, *product);
    write_metadata(json, product->metadata);
    json.text("name", product->name);
    json.null("package_dimensions");
    if (product->is_shippable) {
        json.flag("shippable", *product->is_shippable);
    } else {
        json.null("shippable");
    }
    json.text_or_null("statement_descriptor", product->statement_descriptor);
    json.text_or_null("tax_code", product->tax_code);
    json.null("tax_details");
    json.text("type", product->type);
    json.text_or_null("unit_label", product->unit_label);
    json.number("updated", product->updated);
    json.text_or_null("url", product->url);
    json.end_object();
    return true;
}

constexpr std::array kProductReferences = {Reference{"default_price", "price"},
                                           // There are no tax code objects: it stays a text.
                                           Reference{"tax_code", ""}};

void read_features(ParamReader& params, Product& product) {
    constexpr std::size_t kFeaturesMax = 15;  // docs.stripe.com/api/products/create
    if (!params.has("marketing_features")) return;
    product.marketing_features.clear();
    if (params.clears("marketing_features")) return params.ignore("marketing_features");
    for (ParamReader& sent : params.objects("marketing_features")) {
        product.marketing_features.emplace_back(sent.required_text("name"));
    }
    if (product.marketing_features.size() > kFeaturesMax) {
        params.refuse("marketing_features", "You may pass at most 15 features.");
    }
}

void read_product(ParamReader& params, Product& product) {
    if (const auto name = params.set_text("name")) product.name = *name;
    update_flag(params, "active", product.is_active);
    update_text(params, "description", product.description);
    update_text(params, "statement_descriptor", product.statement_descriptor);
    update_text(params, "tax_code", product.tax_code);
    update_text(params, "unit_label", product.unit_label);
    update_text(params, "url", product.url);
    if (params.has("images")) product.images = params.texts("images");
    params.update_metadata(product.metadata);
    read_features(params, product);
    if (const auto shippable = params.flag("shippable")) product.is_shippable = shippable;
    params.ignore({"package_dimensions", "tax_details"});
}

Answer create_product(Call& call) {
    constexpr std::array<std::string_view, 2> kTypes = {"good", "service"};
    World& world = call.world;
    Product product;
    product.created = product.updated = world.timeline.now_s();
    if (!call.params.has("name")) call.params.refuse(parameter_missing("name"));
    read_product(call.params, product);
    update_word(call.params, "type", kTypes, product.type);
    const auto id = call.params.set_text("id");
    std::optional<Price> price;
    if (call.params.has("default_price_data")) {
        price = read_price_data(call.params.object("default_price_data"));
    }
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (id && world.tables.products.find(*id) != nullptr) {
        return std::unexpected(
            wrong_state("resource_already_exists", fmt::format("Product already exists: {}", *id)));
    }
    product.id = id ? Id(*id) : world.ids.next("prod_");
    const std::string added = world.tables.products.add(std::move(product)).id;
    Body body = rendered(world, kProductType, added);
    world.emit("product.created", body);
    if (!price) return answer(call, kProductType, added, std::move(body));
    price->product = added;
    world.tables.products.find(added)->default_price = add_price(world, std::move(*price));
    return answer(call, kProductType, added);
}

// A deleted one can be looked at and not be changed.
std::expected<Product*, ApiError> product_of(const Call& call, bool is_to_change) {
    Product* product = call.world.tables.products.find(call.ids[0]);
    if (product == nullptr || (is_to_change && product->is_deleted)) {
        return std::unexpected(no_such_in_path("product", call.ids[0]));
    }
    return product;
}

Answer retrieve_product(Call& call) {
    const auto product = product_of(call, false);
    if (!product) return std::unexpected(product.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kProductType, (*product)->id);
}

Answer update_product(Call& call) {
    const auto product = product_of(call, true);
    if (!product) return std::unexpected(product.error());
    Product sent = **product;
    read_product(call.params, sent);
    if (const auto price = call.params.text("default_price")) {
        const Price* found = call.world.tables.prices.find(*price);
        if (!price->empty() && (found == nullptr || found->product != sent.id)) {
            call.params.refuse(no_such("price", *price, "default_price"));
        }
        sent.default_price = *price;
    }
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kProductType, sent.id);
    sent.updated = call.world.timeline.now_s();
    **product = std::move(sent);
    return changed(call, kProductType, (*product)->id, "product.updated", before);
}

Answer delete_product(Call& call) {
    const auto product = product_of(call, true);
    if (!product) return std::unexpected(product.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const auto& prices = call.world.tables.prices.rows();
    if (std::ranges::find(prices, (*product)->id, &Price::product) != prices.end()) {
        return std::unexpected(wrong_state(
            "", "This product cannot be deleted because it has one or more user-created prices."));
    }
    call.world.emit("product.deleted", rendered(call.world, kProductType, (*product)->id));
    (*product)->is_deleted = true;
    return answer(call, kProductType, (*product)->id);
}

Answer list_products(Call& call) {
    const Page page = read_page(call.params);
    const auto active = call.params.flag("active");
    const auto ids = call.params.texts("ids");
    const auto url = call.params.set_text("url");
    call.params.ignore({"shippable", "type"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.products, kProductType, page, [&](const Product& row) {
        return !row.is_deleted && (!active || row.is_active == *active) &&
               (ids.empty() || std::ranges::find(ids, row.id) != ids.end()) &&
               (!url || row.url == *url);
    });
}

constexpr std::string_view kProductNote =
    "package_dimensions and tax_details are taken and have no effect";

constexpr std::array kProductRoutes = {
    Route{.method = Method::post,
          .path = "/v1/products",
          .handle = create_product,
          .result = "product",
          .fidelity = Fidelity::simplified,
          .note = kProductNote,
          .source = kProductSource},
    Route{.method = Method::get,
          .path = "/v1/products/{id}",
          .handle = retrieve_product,
          .result = "product",
          .source = kProductSource},
    Route{.method = Method::post,
          .path = "/v1/products/{id}",
          .handle = update_product,
          .result = "product",
          .fidelity = Fidelity::simplified,
          .note = kProductNote,
          .source = kProductSource},
    Route{.method = Method::del,
          .path = "/v1/products/{id}",
          .handle = delete_product,
          .result = "product",
          .source = kProductSource},
    Route{.method = Method::get,
          .path = "/v1/products",
          .handle = list_products,
          .result = "product",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = "shippable and type are taken and have no effect",
          .source = kProductSource},
};

}  // namespace

Product read_product_data(ParamReader params) {
    Product product;
    product.id = params.set_text("id").value_or("");
    product.name = params.required_text("name");
    update_flag(params, "active", product.is_active);
    update_text(params, "description", product.description);
    update_text(params, "statement_descriptor", product.statement_descriptor);
    update_text(params, "tax_code", product.tax_code);
    update_text(params, "unit_label", product.unit_label);
    if (params.has("images")) product.images = params.texts("images");
    params.update_metadata(product.metadata);
    return product;
}

std::string add_product(World& world, Product product) {
    if (product.id.empty()) product.id = world.ids.next("prod_");
    product.created = product.updated = world.timeline.now_s();
    const std::string added = world.tables.products.add(std::move(product)).id;
    world.emit("product.created", rendered(world, kProductType, added));
    return added;
}

ProductChoice read_product_choice(ParamReader& params, const World& world,
                                  std::string_view described_as) {
    const Table<Product>& products = world.tables.products;
    ProductChoice choice;
    if (params.is_object(described_as)) {
        choice.described = read_product_data(params.object(described_as));
        const std::string& id = choice.described.id;
        if (products.find(id) != nullptr) {
            params.refuse(described_as, fmt::format("Product already exists: {}", id));
        }
        return choice;
    }
    choice.id = params.required_text("product");
    const Product* found = products.find(choice.id);
    if (found == nullptr || found->is_deleted) {
        params.refuse(no_such("product", choice.id, "product"));
    }
    return choice;
}

std::string keep_product(World& world, ProductChoice choice) {
    return choice.id.empty() ? add_product(world, std::move(choice.described)) : choice.id;
}

const ResourceType kProductType = {"product", "prod_", kProductReferences, render_product};

std::span<const Route> product_routes() { return kProductRoutes; }

}  // namespace onsite::simulator
