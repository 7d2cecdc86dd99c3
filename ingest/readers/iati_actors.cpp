#include "ingest/identity/references.h"
#include "ingest/readers/iati_activity.h"

namespace mangrove::ingest::iati {
namespace {

constexpr std::size_t kReferenceBytesMax = 200;

/// Who an element names.
struct Named {
  std::string key;       ///< The part of an id behind `org:`; empty where nothing tells who it is.
  std::string received;  ///< The reference as it stands there, where it was repaired.
};

Named by_name(const std::string& name) {
  if (is_no_identity(name)) return {};
  const std::string key = name_slug(name);
  return {key.empty() ? std::string() : "name:" + key, {}};
}

Named name_actor(Activity& activity, const XmlElement& element, const std::string& name) {
  std::string written = clean(element.attribute("ref"));
  if (written.empty()) return by_name(name);
  const NormalReference reference = normal_reference(written);
  const std::string shown = std::string(element.name()) + " with ref '" + written.substr(0, 40);
  if (is_no_identity(written) || reference.collective || written.size() > kReferenceBytesMax) {
    activity.found(element, "reference-without-identity", shown + "'; its name stands for it",
                   Action::value_repaired);
    return by_name(name);
  }
  if (!reference.repairs.empty()) {
    activity.found(element, "reference-repaired",
                   shown + "', read as " + reference.text + ": " + joined(reference.repairs),
                   Action::value_repaired);
  }
  if (reference.text.find_first_of(" /&|?") != std::string::npos) {
    activity.found(element, "reference-form", shown + "'", Action::noted);
  }
  return {reference.text, reference.text == written ? std::string() : std::move(written)};
}

void read_type(Activity& activity, const XmlElement& element, const std::string& id) {
  const std::string_view written = element.attribute("type");
  const std::string_view type = organisation_type_word(written);
  if (!type.empty()) {
    activity.out.state_of(id, "type", graph::Text{std::string(type), {}});
  } else if (!written.empty()) {
    activity.found(element, "code-unknown",
                   std::string(element.name()) + " of type '" + std::string(written) + "'",
                   Action::value_skipped);
  }
}

}  // namespace

std::string read_actor(Activity& activity, const XmlElement& element) {
  std::vector<graph::Text> names = texts_of(activity, element);
  Named named = name_actor(activity, element, names.empty() ? std::string() : names[0].text);
  if (named.key.empty()) {
    activity.found(element, "organisation-unnamed",
                   std::string(element.name()) + " has neither a reference nor a name",
                   Action::value_skipped);
    return {};
  }
  std::string id = "org:" + named.key;
  activity.out.mention(id, "Actor");
  if (!named.received.empty()) {
    activity.out.state_of(id, "identifiers", graph::Text{std::move(named.received), {}});
  }
  for (graph::Text& name : names) {
    if (!is_no_identity(name.text)) activity.out.state_of(id, "name", std::move(name));
  }
  read_type(activity, element, id);
  return id;
}

namespace {

void take_part(Activity& activity, const std::string& actor, std::string_view role) {
  state_on(activity.out.edge(actor, "TAKES_PART_IN", activity.out.subject(), role), "role", role);
}

}  // namespace

std::optional<XmlElement> read_publisher(Activity& activity) {
  std::optional<XmlElement> element = activity.element.child("reporting-org");
  if (!element) {
    activity.found(activity.element, "reporting-org-missing", "it is not said who reports it",
                   Action::noted);
    return std::nullopt;
  }
  activity.out.count("reporting-org");
  activity.publisher_id = read_actor(activity, *element);
  if (activity.publisher_id.empty()) return std::nullopt;
  if (!activity.publisher_id.starts_with("org:name:")) {
    activity.publisher_ref = activity.publisher_id.substr(std::string_view("org:").size());
  }
  activity.out.draft().publisher = first_text(*element);
  return element;
}

void read_provenance(Activity& activity, const std::string& file) {
  graph::Record& record = activity.out.record();
  const XmlElement& element = activity.element;
  record.origin = file + ":" + std::to_string(element.line());
  if (!activity.publisher_id.empty()) {
    record.source = "src:" + activity.publisher_id.substr(std::string_view("org:").size());
  }
  const std::string_view updated = element.attribute("last-updated-datetime");
  if (updated.empty()) return;
  if (const std::optional<std::string> moment = parse_moment(updated)) {
    record.revision = *moment;
    activity.out.state("updated", *moment);
  } else {
    activity.found(element, "date-form", "last-updated-datetime '" + std::string(updated) + "'",
                   Action::value_skipped);
  }
}

void read_reporting_organisation(Activity& activity) {
  const std::optional<XmlElement> element = read_publisher(activity);
  if (!element) return;
  const std::string_view secondary = element->attribute("secondary-reporter");
  const bool passes_on = secondary == "1" || secondary == "true";
  take_part(activity, activity.publisher_id, passes_on ? "secondary-reporting" : "reporting");
}

void read_participants(Activity& activity) {
  for (const XmlElement element : activity.element.children("participating-org")) {
    activity.out.count("participating-org");
    const std::string actor = read_actor(activity, element);
    if (!actor.empty()) {
      std::string_view role = role_word(element.attribute("role"));
      if (role.empty()) {
        const bool missing = element.attribute("role").empty();
        activity.found(element, missing ? "role-missing" : "role-unknown",
                       "participating-org with role '" + std::string(element.attribute("role")) +
                           "', read as partner",
                       Action::value_repaired);
        role = "partner";
      }
      take_part(activity, actor, role);
    }
    relate(activity, element, element.attribute("activity-id"), "participant");
  }
}

void relate(Activity& activity, const XmlElement& at, std::string_view other,
            std::string_view type) {
  const std::string identifier = clean(other);
  if (identifier.empty() || is_no_identity(identifier)) return;
  const std::string id = "iati:" + identifier;
  if (id == activity.out.subject()) {
    if (at.name() == "related-activity") {
      activity.found(at, "related-to-itself", "the activity names itself", Action::value_skipped);
    }
    return;
  }
  if (id.size() > 1000) {
    activity.found(at, "identifier-form", "the identifier of another activity is too long",
                   Action::value_skipped);
    return;
  }
  graph::EdgeStatement& edge = activity.out.edge_to("RELATED_TO", id, type);
  if (!type.empty()) state_on(edge, "type", type);
}

namespace {

/// Earlier and other identifiers of the activity: those of its own (A), not of its organisation.
void read_other_identifiers(Activity& activity) {
  for (const XmlElement element : activity.element.children("other-identifier")) {
    activity.out.count("other-identifier");
    if (element.attribute("type").starts_with("B")) continue;
    const std::string_view written = element.attribute("ref");
    const std::string identifier = clean(written.empty() ? element.text() : written);
    if (is_no_identity(identifier) || identifier.size() > kReferenceBytesMax) continue;
    if ("iati:" + identifier == activity.out.subject()) continue;
    activity.out.state("identifiers", identifier);
  }
}

}  // namespace

void read_related(Activity& activity) {
  read_other_identifiers(activity);
  for (const XmlElement element : activity.element.children("related-activity")) {
    activity.out.count("related-activity");
    const std::string_view type = relation_word(element.attribute("type"));
    if (type.empty()) {
      activity.found(element, "code-unknown",
                     "related-activity of type '" + std::string(element.attribute("type")) + "'",
                     Action::noted);
    }
    if (element.attribute("ref").empty()) {
      activity.found(element, "related-without-reference", "related-activity without ref",
                     Action::value_skipped);
    }
    relate(activity, element, element.attribute("ref"), type);
  }
}

}  // namespace mangrove::ingest::iati
