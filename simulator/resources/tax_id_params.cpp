#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "simulator/resources/tax_ids.hpp"

namespace onsite::simulator {
namespace {

// "unknown" is what Stripe answers for old ones, and nothing that a client may send.
constexpr std::array<std::string_view, 135> kTypes = {
    "ad_nrt",    "ae_trn",    "al_tin",   "am_tin",   "ao_tin",  "ar_cuit",    "au_abn",
    "au_acn",    "au_arn",    "au_wpn",   "aw_tin",   "az_tin",  "ba_tin",     "bb_tin",
    "bd_bin",    "bf_ifu",    "bg_uic",   "bh_vat",   "bj_ifu",  "bo_tin",     "br_cnpj",
    "br_cpf",    "bs_tin",    "bw_vat",   "by_tin",   "ca_bn",   "ca_gst_hst", "ca_pst_bc",
    "ca_pst_mb", "ca_pst_sk", "ca_qst",   "cd_nif",   "ch_uid",  "ch_vat",     "ci_vat",
    "cl_tin",    "cm_niu",    "cn_tin",   "co_nit",   "cr_tin",  "cv_nif",     "cz_dic",
    "de_stn",    "do_rcn",    "ec_ruc",   "eg_tin",   "es_cif",  "et_tin",     "eu_oss_vat",
    "eu_vat",    "fo_vat",    "fr_siren", "fr_siret", "fr_spi",  "gb_vat",     "ge_vat",
    "gh_tin",    "gi_tin",    "gn_nif",   "hk_br",    "hr_oib",  "hu_tin",     "ic_nif",
    "id_npwp",   "il_vat",    "in_gst",   "is_kt",    "is_vat",  "it_cf",      "jp_cn",
    "jp_rn",     "jp_trn",    "ke_pin",   "kg_tin",   "kh_tin",  "kr_brn",     "kz_bin",
    "la_tin",    "li_uid",    "li_vat",   "lk_vat",   "ma_vat",  "md_cf",      "md_vat",
    "me_pib",    "mk_vat",    "mr_nif",   "mu_vat",   "mx_rfc",  "my_frp",     "my_itn",
    "my_sst",    "mz_nuit",   "ng_tin",   "no_vat",   "no_voec", "np_pan",     "nz_bn",
    "nz_gst",    "om_vat",    "pe_ruc",   "ph_tin",   "pl_nip",  "pt_nif",     "py_ruc",
    "ro_tin",    "rs_pib",    "ru_inn",   "ru_kpp",   "sa_vat",  "sg_gst",     "sg_uen",
    "si_tin",    "sm_coe",    "sn_ninea", "sr_fin",   "sv_nit",  "th_vat",     "tj_tin",
    "tr_tin",    "tt_bir",    "tt_vat",   "tw_vat",   "tz_vat",  "ua_vat",     "ug_tin",
    "us_ein",    "uy_ruc",    "uz_tin",   "uz_vat",   "ve_rif",  "vn_tin",     "za_vat",
    "zm_tin",    "zw_tin"};

// Whose numbers the union's VAT has; Greece writes EL, Northern Ireland XI.
constexpr std::array<std::string_view, 28> kUnion = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI"};

bool is_asked_about(std::string_view type) {
    return type == "eu_vat" || type == "gb_vat" || type == "au_abn";
}

bool is_union_vat(std::string_view value) {
    constexpr std::size_t kDigitsMin = 8;
    constexpr std::size_t kDigitsMax = 13;
    if (is_test_tax_number(value)) return true;
    const std::string_view country = value.substr(0, 2);
    const std::string_view rest = value.substr(country.size());
    return std::ranges::find(kUnion, country) != kUnion.end() && rest.size() >= kDigitsMin &&
           rest.size() <= kDigitsMax &&
           std::ranges::all_of(rest, [](char c) { return is_digit(c) || is_letter(c); });
}

}  // namespace

bool is_test_tax_number(std::string_view value) {
    return value == kVerifiedTaxNumber || value == kUnverifiedTaxNumber || value == "222222222";
}

TaxId read_tax_id(ParamReader& params) {
    TaxId tax_id;
    if (!params.has("type")) params.refuse(parameter_missing(params.path_of("type")));
    if (const auto type = params.choice("type", kTypes)) tax_id.type = kTypes[*type];
    tax_id.value = params.required_text("value");
    if (is_asked_about(tax_id.type)) tax_id.status = TaxIdStatus::pending;
    if (tax_id.type == "eu_vat" && !tax_id.value.empty() && !is_union_vat(tax_id.value)) {
        ApiError error = invalid_parameter(params.path_of("value"), "Invalid value for eu_vat.");
        error.code = "tax_id_invalid";
        params.refuse(std::move(error));
    }
    return tax_id;
}

std::vector<std::string> read_account_tax_ids(ParamReader& params, const World& world) {
    std::vector<std::string> ids = params.texts("account_tax_ids");
    for (const std::string& id : ids) {
        const TaxId* tax_id = world.tables.tax_ids.find(id);
        if (tax_id == nullptr || tax_id->is_deleted || !tax_id->customer.empty()) {
            params.refuse(no_such("tax_id", id, "account_tax_ids"));
        }
    }
    return ids;
}

}  // namespace onsite::simulator
