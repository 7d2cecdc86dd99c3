#include <algorithm>

#include "graph/base/text.h"
#include "ingest/readers/iati_activity.h"

namespace mangrove::ingest::iati {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

bool is_untidy(std::string_view text) {
  char before = 'x';
  for (const char c : text) {
    if (c == '\n' || c == '\t' || c == '\r' || (c == ' ' && before == ' ')) return true;
    before = c;
  }
  return false;
}

/// Files are indented, and so are the texts in them: runs of white space become one space, or one
/// line's end where they hold one. (A text in one line with single spaces is not touched.)
std::string tidy(std::string_view text) {
  if (!is_untidy(text)) return std::string(text);
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find_first_not_of(" \t\r\n", i), text.size());
    if (end == i) {
      result += text[i++];
      continue;
    }
    const bool line_end = text.substr(i, end - i).find('\n') != std::string_view::npos;
    result += line_end ? '\n' : ' ';
    i = end;
  }
  return result;
}

std::string in_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string language_of(const XmlElement& element, const std::string& otherwise) {
  const std::string_view written = element.attribute("xml:lang");
  if (written.empty()) return otherwise;
  const std::string tag = language_tag(written);
  return tag.empty() ? otherwise : tag;
}

/// The texts of all elements of this name, as one property.
void state_texts(Activity& activity, std::string_view element_name, std::string_view property) {
  for (const XmlElement element : activity.element.children(element_name)) {
    for (graph::Text& text : texts_of(activity, element)) {
      if (text.text.find(kReplacementCharacter) != std::string::npos) {
        activity.found(element, "text-damaged",
                       "letters were lost in '" + std::string(property) + "'", Action::noted);
      }
      activity.out.state(property, std::move(text));
    }
  }
}

/// Which property a description of this type becomes.
std::string_view description_property(std::string_view type) {
  if (type == "2" || lower(type) == "objectives") return "objectives";
  if (type == "3") return "target_groups";
  return type == "4" ? "notes" : "description";
}

void read_descriptions(Activity& activity) {
  bool general = false;
  for (const XmlElement element : activity.element.children("description")) {
    general = general || description_property(element.attribute("type")) == "description";
  }
  for (const XmlElement element : activity.element.children("description")) {
    const std::string_view type = element.attribute("type");
    // Where nothing is said in general, what is said of the objectives describes it best.
    const std::string_view property = general ? description_property(type) : "description";
    for (graph::Text& text : paragraphs_of(activity, element)) {
      activity.out.state(property, std::move(text));
    }
  }
}

void read_dates(Activity& activity) {
  std::map<std::string_view, Date> dates;
  for (const XmlElement element : activity.element.children("activity-date")) {
    activity.out.count("activity-date");
    const std::string_view property = date_property(element.attribute("type"));
    if (property.empty()) {
      activity.found(element, "date-type",
                     "activity-date of type '" + std::string(element.attribute("type")) + "'",
                     Action::value_skipped);
    } else if (const std::optional<Date> date = date_of(activity, element)) {
      const auto [first, is_new] = dates.try_emplace(property, *date);
      if (is_new) {
        activity.out.state(property, *date);
      } else if (first->second != *date) {
        activity.found(element, "date-type",
                       std::string(property) + " is " + to_string(first->second) +
                           " already, and here " + to_string(*date),
                       Action::value_skipped);
      }
    }
  }
  for (const auto& [start, end] : {std::pair{"start", "end"}, {"start_planned", "end_planned"}}) {
    if (!dates.contains(start) || !dates.contains(end) || dates[start] <= dates[end]) continue;
    activity.found(activity.element, "end-before-start",
                   to_string(dates[end]) + " is before " + to_string(dates[start]), Action::noted);
  }
}

using Words = std::string_view (*)(std::string_view);

/// An element whose code has a word of ours; other codes are kept as text.
void read_word(Activity& activity, std::string_view element_name, std::string_view property,
               Words words) {
  const std::optional<XmlElement> element = activity.element.child(element_name);
  if (!element) return;
  const std::string_view code = code_or_text(*element);
  if (code.empty()) return;
  const std::string_view word = words(code);
  activity.out.state(property, word.empty() ? code : word);
  if (!word.empty()) return;
  activity.found(*element, "code-unknown",
                 std::string(element_name) + " '" + std::string(code) + "'",
                 Action::value_kept_as_text);
}

void read_humanitarian(Activity& activity) {
  const std::string_view written = activity.element.attribute("humanitarian");
  if (written.empty()) return;
  const bool yes = written == "1" || written == "true";
  if (yes || written == "0" || written == "false") {
    activity.out.state("humanitarian", yes);
  } else {
    activity.found(activity.element, "code-unknown", "humanitarian '" + std::string(written) + "'",
                   Action::value_skipped);
  }
}

void read_hierarchy(Activity& activity) {
  const std::string_view level = activity.element.attribute("hierarchy");
  if (level.empty()) return;
  const std::optional<Number> number = parse_amount(level);
  if (number && number->exact && number->value >= 0 && number->value <= 99) {
    activity.out.state("hierarchy", static_cast<std::int64_t>(number->value));
  } else {
    activity.found(activity.element, "code-unknown", "hierarchy '" + std::string(level) + "'",
                   Action::value_skipped);
  }
}

}  // namespace

std::vector<graph::Text> texts_of(Activity& activity, const XmlElement& element) {
  std::vector<graph::Text> texts = paragraphs_of(activity, element);
  for (graph::Text& text : texts) text.text = in_one_line(std::move(text.text));
  return texts;
}

std::vector<graph::Text> paragraphs_of(Activity& activity, const XmlElement& element) {
  std::vector<graph::Text> texts;
  const std::string language = language_of(element, activity.language);
  for (const XmlElement narrative : element.children("narrative")) {
    if (!narrative.children().empty()) {
      activity.found(narrative, "text-markup", "the words inside were left out",
                     Action::value_skipped);
    }
    if (narrative.text().empty()) continue;
    texts.push_back({tidy(narrative.text()), language_of(narrative, language)});
  }
  if (texts.empty() && !element.text().empty()) {
    texts.push_back({tidy(element.text()), language});
  }
  return texts;
}

std::string identifier_in(const std::optional<XmlElement>& element) {
  if (!element) return {};
  if (!element->text().empty()) return clean(element->text());
  return clean(element->text_of("narrative"));  // Not in the standard, but it occurs.
}

std::string first_text(const XmlElement& element) {
  for (const XmlElement narrative : element.children("narrative")) {
    if (!narrative.text().empty()) return in_one_line(tidy(narrative.text()));
  }
  return in_one_line(tidy(element.text()));
}

std::string_view code_or_text(const XmlElement& element) {
  const std::string_view code = element.attribute("code");
  return code.empty() ? element.text() : code;
}

std::optional<double> percentage_of(Activity& activity, const XmlElement& element) {
  const std::string_view written = element.attribute("percentage");
  if (written.empty()) return std::nullopt;
  const std::optional<Number> number = parse_percentage(written);
  const std::string detail = std::string(element.name()) + " '" + std::string(written) + "'";
  if (!number || number->value < 0 || number->value > 100) {
    activity.found(element, "percentage-form", detail, Action::value_skipped);
    return std::nullopt;
  }
  if (!number->exact) activity.found(element, "percentage-form", detail, Action::value_repaired);
  return number->value;
}

std::optional<Date> date_of(Activity& activity, const XmlElement& element) {
  const std::string_view iso = element.attribute("iso-date");
  if (const std::optional<Date> date = parse_date(iso)) return date;
  const std::string_view written = iso.empty() ? element.text() : iso;
  if (written.empty()) return std::nullopt;
  const std::optional<Date> date = parse_written_date(written);
  if (date && iso.empty()) return date;  // The way of 1.0x: nothing to repair.
  activity.found(element, "date-form",
                 std::string(element.name()) + " '" + std::string(written) + "'",
                 date ? Action::value_repaired : Action::value_skipped);
  return date;
}

std::string currency_of(Activity& activity, const XmlElement& element, std::string_view attribute) {
  const std::string_view written = element.attribute(attribute);
  std::string code = currency_code(written);
  if (code.empty() && !written.empty()) {
    activity.found(element, "currency-form",
                   std::string(attribute) + " '" + std::string(written.substr(0, 40)) + "'",
                   Action::value_skipped);
  }
  return code;
}

void read_properties(Activity& activity) {
  state_texts(activity, "title", "title");
  if (activity.out.record().subject.properties.empty() ||
      graph::find_property(activity.out.record().subject.properties, "title") == nullptr) {
    activity.found(activity.element, "title-missing", "an activity without a title", Action::noted);
  }
  read_descriptions(activity);
  read_word(activity, "activity-status", "status", status_word);
  read_word(activity, "activity-scope", "scope", scope_word);
  read_dates(activity);
  read_humanitarian(activity);
  read_hierarchy(activity);
  if (const std::string_view home = activity.element.text_of("activity-website"); !home.empty()) {
    activity.out.state("homepage", home);
  }
}

}  // namespace mangrove::ingest::iati
