#include "ingest/readers/codelist.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "graph/base/text.h"
#include "ingest/xml.h"

namespace mangrove::ingest {
namespace {

std::string lower_case(std::string_view language) {
  std::string lower(language);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

class CodelistReader final : public Reader {
 public:
  CodelistReader(std::unique_ptr<ByteStream> bytes, std::string file,
                 const ontology::Schema& schema)
      : items_(std::move(bytes), file, {"codelist-item"}),
        file_(std::move(file)),
        schema_(schema) {}

  Result<std::optional<Step>> next() override {
    if (!opened_) {
      opened_ = true;
      items_.root_name();
      language_ = lower_case(items_.root_attribute("xml:lang"));
      rule_ = schema_.codelist(items_.root_attribute("name"));
      if (rule_ == nullptr) {
        return refuse();
      }
    }
    if (rule_ == nullptr) {
      return std::optional<Step>();
    }
    const std::optional<XmlElement> item = TRY(items_.next());
    Step step;
    step.findings = items_.take_findings();
    if (item) {
      read_item(*item, step);
    }
    return item || !step.findings.empty() ? std::optional(std::move(step)) : std::nullopt;
  }

 private:
  /// One note for the whole list; or why the file is no XML at all.
  Result<std::optional<Step>> refuse() {
    TRY(items_.next());
    Step step;
    step.findings.push_back({"", 1, "codelist-unknown",
                             "no rule says what the code list `" +
                                 std::string(items_.root_attribute("name")) + "` becomes",
                             Action::noted});
    return std::optional(std::move(step));
  }

  void read_item(const XmlElement& item, Step& step) const {
    const std::string_view code = trimmed(item.text_of("code"));
    if (code.empty()) {
      step.findings.push_back({"", item.line(), "codelist-code",
                               "an item of the code list `" + rule_->codelist + "` has no code",
                               Action::record_skipped});
      return;
    }
    Draft draft;
    draft.line = item.line();
    draft.elements["codelist-item"] = 1;
    draft.record.origin = file_ + ":" + std::to_string(item.line());
    graph::NodeStatement& node = draft.record.subject;
    node.id = rule_->id;
    node.id.replace(node.id.find("{code}"), std::string_view("{code}").size(), code);
    node.kind = rule_->kind;
    add_text(node, rule_->code_property, code);
    add_wordings(node, rule_->label_property, item.child("name"), step);
    add_wordings(node, rule_->description_property, item.child("description"), step);
    add_text(node, rule_->category_property, trimmed(item.text_of("category")));
    add_text(node, rule_->url_property, trimmed(item.text_of("url")));
    add_text(node, rule_->state_property, item.attribute("status"));
    step.draft = std::move(draft);
  }

  static void add_text(graph::NodeStatement& node, const std::string& property,
                       std::string_view text) {
    if (!property.empty() && !text.empty()) {
      node.properties.push_back({property, graph::Text{std::string(text), {}}});
    }
  }

  /// `<name><narrative xml:lang="fr">…`; lists of version 1 have the text right in `<name>`.
  void add_wordings(graph::NodeStatement& node, const std::string& property,
                    const std::optional<XmlElement>& element, Step& step) const {
    if (property.empty() || !element) {
      return;
    }
    if (element->child("narrative")) {
      for (const XmlElement narrative : element->children("narrative")) {
        add_wording(node, property, narrative, step);
      }
    } else {
      add_wording(node, property, *element, step);
    }
  }

  void add_wording(graph::NodeStatement& node, const std::string& property,
                   const XmlElement& element, Step& step) const {
    graph::Text text{std::string(trimmed(element.text())),
                     lower_case(element.attribute("xml:lang"))};
    if (text.text.empty()) {
      return;
    }
    if (text.language.empty()) {
      text.language = language_;
    }
    for (const graph::Property& known : node.properties) {
      const auto* other = std::get_if<graph::Text>(&known.value);
      if (known.name == property && other != nullptr && other->language == text.language) {
        step.findings.push_back({"", element.line(), "label-twice",
                                 node.id + ": two texts for `" + property + "` in the language `" +
                                     text.language + "`; the first one stays",
                                 Action::value_skipped});
        return;
      }
    }
    node.properties.push_back({property, std::move(text)});
  }

  XmlRecords items_;
  const std::string file_;
  const ontology::Schema& schema_;
  bool opened_ = false;
  const ontology::CodelistRule* rule_ = nullptr;
  std::string language_;  // Of the whole list.
};

}  // namespace

std::unique_ptr<Reader> make_codelist_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                             const ontology::Schema& schema) {
  return std::make_unique<CodelistReader>(std::move(bytes), std::move(file), schema);
}

}  // namespace mangrove::ingest
