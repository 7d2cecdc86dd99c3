#include "ingest/readers/iati_org.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "ingest/identity/references.h"
#include "ingest/readers/iati_activity.h"
#include "ingest/readers/iati_records.h"

namespace mangrove::ingest {
namespace {

using iati::Activity;

/// `organisation-identifier`, or as 1.0x has it `iati-identifier`; trimmed.
std::optional<XmlElement> identifier_element(const XmlElement& organisation) {
  for (const std::string_view name : {"organisation-identifier", "iati-identifier"}) {
    if (std::optional<XmlElement> element = organisation.child(name)) return element;
  }
  return std::nullopt;
}

std::string name_in(const XmlElement& organisation) {
  const std::optional<XmlElement> name = organisation.child("name");
  return name ? iati::first_text(*name) : std::string();
}

/// Who the organisation is, and what had to be done to tell.
struct Identity {
  std::string id;  // Empty where nothing tells.
  bool concluded = false;
  std::string written{};   // The identifier as it stands there, where it was repaired…
  std::string repaired{};  // …and how.
};

/// By a reference in its normal form, as activities name the same organisation.
Identity by_reference(const std::string& written, bool concluded) {
  const NormalReference reference = normal_reference(written);
  if (is_no_identity(written) || reference.collective) return {};
  const bool same = reference.text == written;
  return {"org:" + reference.text, concluded, same ? std::string() : written,
          joined(reference.repairs)};
}

Identity identity_of(const XmlElement& organisation) {
  const std::string identifier = iati::identifier_in(identifier_element(organisation));
  if (Identity identity = by_reference(identifier, false); !identity.id.empty()) return identity;
  const std::string name = name_in(organisation);
  if (is_no_identity(name)) return {};
  if (const std::optional<XmlElement> reporting = organisation.child("reporting-org")) {
    const std::string reference = iati::clean(reporting->attribute("ref"));
    const bool same = folded(iati::first_text(*reporting)) == folded(name);
    Identity identity = by_reference(reference, true);
    if (same && !identity.id.empty()) return identity;
  }
  const std::string key = name_slug(name);
  return {key.empty() ? std::string() : "org:name:" + key, true};
}

void read_names(Activity& activity) {
  for (const XmlElement name : activity.element.children("name")) {
    for (graph::Text& text : iati::texts_of(activity, name)) {
      if (!is_no_identity(text.text)) activity.out.state("name", std::move(text));
    }
  }
  const graph::NodeStatement& subject = activity.out.record().subject;
  if (graph::find_property(subject.properties, "name") != nullptr) return;
  activity.found(activity.element, "organisation-unnamed", "an organisation without a name",
                 Action::noted);
}

/// What the publisher says of its own type is said of this organisation only where both are one.
void read_type(Activity& activity) {
  if (activity.publisher_id != activity.out.subject()) return;
  const std::optional<XmlElement> reporting = activity.element.child("reporting-org");
  const std::string_view type = iati::organisation_type_word(reporting->attribute("type"));
  if (!type.empty()) activity.out.state("type", type);
}

std::vector<XmlElement> children_of(const XmlElement& element, std::string_view name) {
  std::vector<XmlElement> children;
  for (const XmlElement child : element.children(name)) children.push_back(child);
  return children;
}

void state_total(Activity& activity, std::string_view element, std::string_view property) {
  iati::state_sums(activity, property,
                   iati::sum_budgets(activity, children_of(activity.element, element),
                                     iati::Repeated::replaces));
}

using ReadReceiver = std::string (*)(Activity& activity, const XmlElement& element);

/// Planned money, by receiver. Only what has a receiver that is known makes an edge.
void read_planned(Activity& activity, std::string_view budget_name, std::string_view receiver_name,
                  std::string_view relation, ReadReceiver read_receiver) {
  std::map<std::string, std::vector<XmlElement>> budgets;
  for (const XmlElement budget : activity.element.children(budget_name)) {
    const std::optional<XmlElement> receiver = budget.child(receiver_name);
    if (receiver) {
      const std::string id = read_receiver(activity, *receiver);
      if (!id.empty()) budgets[id].push_back(budget);
      continue;
    }
    activity.found(budget, "receiver-missing",
                   std::string(budget_name) + " without " + std::string(receiver_name),
                   Action::value_skipped);
  }
  for (const auto& [receiver, parts] : budgets) {
    const iati::Sums sums = iati::sum_budgets(activity, parts, iati::Repeated::adds);
    if (receiver == activity.out.subject()) {
      activity.found(parts.front(), "funds-itself", "the organisation plans money for itself",
                     Action::noted);
      continue;
    }
    for (const auto& [key, amount] : sums) {
      graph::EdgeStatement& edge =
          activity.out.edge(activity.out.subject(), relation, receiver, iati::qualifier_of(key));
      state_on(edge, "planned", graph::Value(amount));
      iati::state_key(edge, key);
    }
  }
}

class IatiOrganisationReader : public iati::Records {
 public:
  IatiOrganisationReader(std::unique_ptr<ByteStream> bytes, std::string file, KindOf kind_of)
      : Records(std::move(bytes), std::move(file), "iati-organisation", {"contact-info"},
                std::move(kind_of)) {}

 private:
  Step read(const XmlElement& element) override {
    Identity identity = identity_of(element);
    if (identity.id.empty()) {
      return iati::skipped(element, "identifier-missing",
                           "an organisation without identifier or name");
    }
    if (identity.id.size() > iati::kIdentifierBytesMax) {
      return iati::skipped(
          element, "identifier-form",
          "an organisation-identifier of " + std::to_string(identity.id.size()) + " bytes");
    }
    Activity organisation = begin(element, identity.id, "Actor");
    organisation.out.count("organisation");
    tell_of_identity(organisation, identity);
    iati::read_publisher(organisation);
    iati::read_provenance(organisation, file());
    read_names(organisation);
    read_type(organisation);
    state_total(organisation, "total-budget", "budget");
    state_total(organisation, "total-expenditure", "spend");
    read_planned(organisation, "recipient-org-budget", "recipient-org", "FUNDS", iati::read_actor);
    read_planned(organisation, "recipient-country-budget", "recipient-country", "COVERS",
                 iati::read_country);
    read_planned(organisation, "recipient-region-budget", "recipient-region", "COVERS",
                 iati::read_region);
    iati::read_documents(organisation);
    return organisation.out.take();
  }

  static void tell_of_identity(Activity& organisation, const Identity& identity) {
    const std::string& id = organisation.out.subject();
    if (!identity.written.empty()) {
      organisation.out.state("identifiers", identity.written);
      organisation.found(organisation.element, "reference-repaired",
                         "'" + identity.written + "': " + identity.repaired,
                         Action::value_repaired);
    }
    if (identity.concluded) {
      organisation.found(organisation.element, "identifier-missing",
                         "no organisation-identifier; its name tells who it is",
                         Action::value_repaired);
    } else if (iati::is_odd(id)) {
      organisation.found(organisation.element, "identifier-form", "kept as written", Action::noted);
    }
  }
};

}  // namespace

std::unique_ptr<Reader> make_iati_organisation_reader(std::unique_ptr<ByteStream> bytes,
                                                      std::string file, KindOf kind_of) {
  return std::make_unique<IatiOrganisationReader>(std::move(bytes), std::move(file),
                                                  std::move(kind_of));
}

}  // namespace mangrove::ingest
