#include "harness/documents/yaml.hpp"

#include <algorithm>
#include <istream>
#include <map>
#include <streambuf>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/parse_number.hpp"

namespace onsite {
namespace {

// yaml-cpp reports by exceptions, and so do we while its parser is above us.
struct YamlRefusal {
    int line;
    std::string problem;
};

int mark_line(const YAML::Mark& mark) { return std::max(mark.line, 0) + 1; }

// A key as it may be shown in an error.
std::string shown_key(std::string_view text) {
    constexpr std::size_t kShownMax = 60;
    return fmt::format("\"{}\"", harmless(text.substr(0, kShownMax), Lines::one));
}

// Builds the tree from the parser's events. A container is finished on a stack before it is put
// into the one around it.
class TreeBuilder final : public YAML::EventHandler {
public:
    YamlNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        place({.kind = YamlKind::null, .line = mark_line(mark)}, anchor);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        // The parser gives plain scalars the tag "?", and those in quotes or blocks "!".
        place({.kind = YamlKind::scalar,
               .line = mark_line(mark),
               .text = value,
               .is_quoted = tag == "!"},
              anchor);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const int line = mark_line(mark);
        if (++aliases_ > kYamlAliasesMax) {
            throw YamlRefusal{line, fmt::format("expected at most {} aliases", kYamlAliasesMax)};
        }
        const auto named = anchored_.find(anchor);
        if (named == anchored_.end()) {
            throw YamlRefusal{line,
                              "expected the alias of a finished value, found one inside itself"};
        }
        count(named->second.size, line);
        if (open_.size() + static_cast<std::size_t>(named->second.depth) > kYamlDepthMax) {
            refuse_depth(line);
        }
        if (!open_.empty()) {
            open_.back().depth_below = std::max(open_.back().depth_below, named->second.depth);
        }
        put(YamlNode(named->second.node), line);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(YamlKind::list, mark, anchor);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(YamlKind::map, mark, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct OpenNode {
        YamlNode node;
        YAML::anchor_t anchor = 0;
        std::size_t nodes_before = 0;
        int depth_below = 0;
        std::optional<YamlMember> member = std::nullopt;  // A key that waits for its value.
        std::map<std::string, int, std::less<>> lines_of_keys = {};
    };
    struct Anchored {
        YamlNode node;
        std::size_t size;
        int depth;
    };

    [[noreturn]] static void refuse_depth(int line) {
        throw YamlRefusal{line,
                          fmt::format("expected at most {} levels of nesting", kYamlDepthMax)};
    }

    void count(std::size_t nodes, int line) {
        nodes_ += nodes;
        if (nodes_ > kYamlNodesMax) {
            throw YamlRefusal{line,
                              fmt::format("expected at most {} values, those that aliases repeat "
                                          "included",
                                          kYamlNodesMax)};
        }
    }

    void open(YamlKind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        const int line = mark_line(mark);
        count(1, line);
        if (open_.size() >= kYamlDepthMax) refuse_depth(line);
        open_.push_back(
            {.node = {.kind = kind, .line = line}, .anchor = anchor, .nodes_before = nodes_ - 1});
    }

    void close() {
        OpenNode done = std::move(open_.back());
        open_.pop_back();
        const int depth = done.depth_below + 1;
        if (!open_.empty()) {
            open_.back().depth_below = std::max(open_.back().depth_below, depth);
        }
        if (done.anchor != 0) {
            anchored_.insert_or_assign(done.anchor,
                                       Anchored{done.node, nodes_ - done.nodes_before, depth});
        }
        const int line = done.node.line;
        put(std::move(done.node), line);
    }

    void place(YamlNode node, YAML::anchor_t anchor) {
        const int line = node.line;
        count(1, line);
        if (anchor != 0) anchored_.insert_or_assign(anchor, Anchored{node, 1, 0});
        put(std::move(node), line);
    }

    void put(YamlNode node, int line) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        OpenNode& around = open_.back();
        if (around.node.is_list()) {
            around.node.items.push_back(std::move(node));
        } else if (around.member) {
            around.member->value = std::move(node);
            around.node.members.push_back(std::move(*around.member));
            around.member.reset();
        } else {
            begin_member(around, std::move(node), line);
        }
    }

    static void begin_member(OpenNode& map, YamlNode key, int line) {
        if (key.is_list() || key.is_map()) {
            throw YamlRefusal{line, "expected a plain word as the key, found a list or a map"};
        }
        const auto [first, is_new] = map.lines_of_keys.emplace(key.text, line);
        if (!is_new) {
            throw YamlRefusal{line,
                              fmt::format("expected each key once in its map, found {} here and "
                                          "in line {}; remove one",
                                          shown_key(key.text), first->second)};
        }
        map.member = YamlMember{.key = std::move(key.text), .line = line, .value = {}};
    }

    YamlNode root_{.kind = YamlKind::null, .line = 1};
    std::vector<OpenNode> open_;
    // Never looked through, only asked: the order does not matter.
    std::map<YAML::anchor_t, Anchored> anchored_;
    std::size_t nodes_ = 0;
    std::size_t aliases_ = 0;
};

// Lets an istream read a string_view.
class TextBuffer final : public std::streambuf {
public:
    explicit TextBuffer(std::string_view text) {
        char* begin = const_cast<char*>(text.data());  // Never written to: there is no put area.
        setg(begin, begin, begin + text.size());
    }
};

// What no reader of the file would see, or the parser takes for the end: \x04 ends its input.
std::optional<YamlRefusal> find_control(std::string_view text) {
    int line = 1;
    for (const char letter : text) {
        if (letter == '\n') ++line;
        const auto byte = static_cast<unsigned char>(letter);
        const bool is_space = letter == '\n' || letter == '\r' || letter == '\t';
        if ((byte < ' ' && !is_space) || byte == 0x7f) {
            return YamlRefusal{line, fmt::format("expected text, found the control character "
                                                 "\\x{:02x}; remove it",
                                                 byte)};
        }
    }
    return std::nullopt;
}

std::unexpected<Error> yaml_error(std::string_view what, const YamlRefusal& refused) {
    return usage_error(fmt::format("{}:{}: {}", what, refused.line, refused.problem));
}

}  // namespace

std::string_view to_string(YamlKind kind) {
    switch (kind) {
        case YamlKind::null:
            return "nothing";
        case YamlKind::scalar:
            return "a scalar";
        case YamlKind::list:
            return "a list";
        case YamlKind::map:
            return "a map";
    }
    std::abort();
}

const YamlNode* YamlNode::find(std::string_view key) const {
    const auto found = std::ranges::find(members, key, &YamlMember::key);
    return found == members.end() ? nullptr : &found->value;
}

const YamlNode* YamlNode::at(std::initializer_list<std::string_view> keys) const {
    const YamlNode* node = this;
    for (const std::string_view key : keys) {
        node = node->find(key);
        if (node == nullptr) return nullptr;
    }
    return node;
}

std::string_view YamlNode::text_of(std::string_view key) const {
    const YamlNode* node = find(key);
    return node != nullptr && node->is_scalar() ? std::string_view(node->text) : "";
}

std::optional<std::int64_t> YamlNode::integer() const {
    if (!is_scalar() || is_quoted) return std::nullopt;
    std::string digits;
    char before = '-';
    for (const char letter : text) {
        if (letter == '_' && !is_digit(before)) return std::nullopt;
        if (letter != '_') digits.push_back(letter);
        before = letter;
    }
    if (before == '_') return std::nullopt;
    return parse_number<std::int64_t>(digits);
}

std::optional<bool> YamlNode::boolean() const {
    if (!is_scalar() || is_quoted) return std::nullopt;
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

Result<YamlNode> parse_yaml(std::string_view text, std::string_view what) {
    if (text.size() > kYamlBytesMax) {
        return usage_error(fmt::format("{}: expected at most {} bytes, found {}; shorten it", what,
                                       kYamlBytesMax, text.size()));
    }
    if (!is_utf8(text))
        return usage_error(fmt::format("{}: expected UTF-8; save it as that", what));
    if (const auto control = find_control(text)) return yaml_error(what, *control);
    TextBuffer buffer(text);
    std::istream in(&buffer);
    TreeBuilder builder;
    try {
        YAML::Parser parser(in);
        parser.HandleNextDocument(builder);
        YamlNode root = builder.take();
        TreeBuilder rest;
        if (parser.HandleNextDocument(rest)) {
            return usage_error(
                fmt::format("{}: expected one document, found another one in line "
                            "{}; remove the ---",
                            what, rest.take().line));
        }
        return root;
    } catch (const YamlRefusal& refused) {
        return yaml_error(what, refused);
    } catch (const YAML::Exception& problem) {
        return yaml_error(what, {mark_line(problem.mark), "expected YAML, found: " + problem.msg});
    }
}

}  // namespace onsite
