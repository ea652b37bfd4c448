#include "solutions/1-reconciliation/production/plan/counts.hpp"

namespace onsite::reconcile {
namespace {

void put(BytesWriter& writer, const TallyTable& table) {
    std::uint64_t size = 0;
    table.for_each([&](CurrencyCode, const Tally&) { ++size; });
    writer.put(size);
    table.for_each([&](CurrencyCode currency, const Tally& tally) {
        writer.put(currency);
        writer.put(tally.rows);
        writer.put(static_cast<std::uint64_t>(tally.sum_minor));
        writer.put(static_cast<std::int64_t>(tally.sum_minor >> 64));
    });
}

void get(BytesReader& reader, TallyTable& table) {
    const auto size = reader.get<std::uint64_t>();
    for (std::uint64_t i = 0; i < size && reader.is_good(); ++i) {
        const auto currency = reader.get<CurrencyCode>();
        Tally tally;
        tally.rows = reader.get<std::uint64_t>();
        const auto low = reader.get<std::uint64_t>();
        const auto high = reader.get<std::int64_t>();
        tally.sum_minor = (Int128{high} << 64) + low;
        if (currency < kCurrencies) table.of(currency) += tally;
    }
}

}  // namespace

void put(BytesWriter& writer, const Found& found) {
    for (const FoundOnSide& side : found.sides) {
        for (const TallyTable* table :
             {&side.duplicates, &side.unmatched, &side.discrepant, &side.matched}) {
            put(writer, *table);
        }
        for (const std::uint64_t rejected : side.rejected) writer.put(rejected);
    }
    writer.put(found.amount_differs);
    writer.put(found.currency_differs);
}

Found get_found(BytesReader& reader) {
    Found found;
    for (FoundOnSide& side : found.sides) {
        for (TallyTable* table :
             {&side.duplicates, &side.unmatched, &side.discrepant, &side.matched}) {
            get(reader, *table);
        }
        for (std::uint64_t& rejected : side.rejected) rejected = reader.get<std::uint64_t>();
    }
    found.amount_differs = reader.get<std::uint64_t>();
    found.currency_differs = reader.get<std::uint64_t>();
    return found;
}

void put(BytesWriter& writer, const FileRead& file) {
    writer.put(file.path);
    writer.put(file.bytes);
    writer.put(file.hash);
}

FileRead get_file_read(BytesReader& reader) {
    FileRead file;
    file.path = reader.text();
    file.bytes = reader.get<std::uint64_t>();
    file.hash = reader.text();
    return file;
}

void put(BytesWriter& writer, const Counted& counted) {
    for (const Census& census : counted.censuses) {
        writer.put(census.rows);
        put(writer, census.parsed);
        writer.put(std::uint64_t{census.files.size()});
        for (const FileRead& file : census.files) put(writer, file);
    }
    writer.put(static_cast<std::uint8_t>(counted.strategy));
    writer.put(counted.rows_kept);
    writer.put(counted.bytes_spilled);
}

Counted get_counted(BytesReader& reader) {
    Counted counted;
    for (Census& census : counted.censuses) {
        census.rows = reader.get<std::uint64_t>();
        get(reader, census.parsed);
        const auto files = reader.get<std::uint64_t>();
        for (std::uint64_t i = 0; i < files && reader.is_good(); ++i) {
            census.files.push_back(get_file_read(reader));
        }
    }
    counted.strategy = static_cast<Strategy>(reader.get<std::uint8_t>());
    counted.rows_kept = reader.get<std::uint64_t>();
    counted.bytes_spilled = reader.get<std::uint64_t>();
    return counted;
}

}  // namespace onsite::reconcile
