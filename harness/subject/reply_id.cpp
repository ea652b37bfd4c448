#include "harness/subject/reply_id.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite {
namespace {

constexpr const char* kNoObject = "expected a JSON object, found another kind of value";

// Follows the events of the parser and remembers one member of the outermost object.
class IdFinder final : public nlohmann::json_sax<Json> {
public:
    const std::string& problem() const { return problem_; }
    const std::string& id() const { return id_; }
    int ids() const { return ids_; }

    bool start_object(std::size_t) override { return open(true); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        is_id_next_ = depth_ == 1 && name == "id";
        return true;
    }
    bool string(string_t& value) override {
        if (is_id_next_) {
            id_ = std::move(value);
            ++ids_;
        }
        return plain_value();
    }
    bool null() override { return plain_value(); }
    bool boolean(bool) override { return plain_value(); }
    bool number_integer(number_integer_t) override { return plain_value(); }
    bool number_unsigned(number_unsigned_t) override { return plain_value(); }
    bool number_float(number_float_t, const string_t&) override { return plain_value(); }
    bool binary(binary_t&) override { return plain_value(); }
    bool parse_error(std::size_t at, const std::string&, const Json::exception&) override {
        return complain(fmt::format("expected JSON in UTF-8, found something else at byte {}", at));
    }

private:
    bool complain(std::string problem) {
        problem_ = std::move(problem);
        return false;
    }
    bool open(bool is_object) {
        is_id_next_ = false;
        return depth_++ > 0 || is_object || complain(kNoObject);
    }
    bool close() {
        --depth_;
        return true;
    }
    bool plain_value() {
        is_id_next_ = false;
        return depth_ > 0 || complain(kNoObject);
    }

    int depth_ = 0;
    bool is_id_next_ = false;
    int ids_ = 0;
    std::string id_;
    std::string problem_;
};

}  // namespace

ReplyId read_reply_id(std::string_view line) {
    IdFinder finder;
    Json::sax_parse(line, &finder);
    if (!finder.problem().empty()) return {finder.problem(), {}};
    if (finder.ids() != 1) {
        return {fmt::format("expected one \"id\" that is a string, found {}", finder.ids()), {}};
    }
    return {{}, finder.id()};
}

}  // namespace onsite
