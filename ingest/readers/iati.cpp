#include "ingest/readers/iati.h"

#include <utility>
#include <vector>

#include "ingest/readers/iati_activity.h"
#include "ingest/readers/iati_records.h"

namespace mangrove::ingest {
namespace {

/// What is never taken from the file: details of persons, and what the model has no place for.
std::vector<std::string> elements_left_out() {
  return {"contact-info", "planned-disbursement", "legacy-data", "country-budget-items", "crs-add",
          "conditions"};
}

class IatiReader : public iati::Records {
 public:
  IatiReader(std::unique_ptr<ByteStream> bytes, std::string file, KindOf kind_of)
      : Records(std::move(bytes), std::move(file), "iati-activity", elements_left_out(),
                std::move(kind_of)) {}

 private:
  Step read(const XmlElement& element) override;
};

Step IatiReader::read(const XmlElement& element) {
  const std::optional<XmlElement> named = element.child("iati-identifier");
  const std::string identifier = iati::identifier_in(named);
  if (identifier.empty()) {
    return iati::skipped(element, "identifier-missing", "an activity without iati-identifier");
  }
  if (identifier.size() > iati::kIdentifierBytesMax) {
    return iati::skipped(element, "identifier-form",
                         "an iati-identifier of " + std::to_string(identifier.size()) + " bytes");
  }
  iati::Activity activity = begin(element, "iati:" + identifier, "Initiative");
  activity.out.count("activity");
  if (iati::is_odd(identifier)) {
    activity.found(*named, "identifier-form", "kept as written", Action::noted);
  }
  iati::read_reporting_organisation(activity);
  iati::read_provenance(activity, file());
  iati::read_properties(activity);
  iati::read_participants(activity);
  iati::read_places(activity);
  iati::read_sectors(activity, element);
  iati::read_tags(activity);
  iati::read_markers(activity);
  iati::read_money(activity);
  iati::read_related(activity);
  iati::read_documents(activity);
  iati::read_results(activity);
  iati::check_quality(activity);
  return activity.out.take();
}

}  // namespace

std::unique_ptr<Reader> make_iati_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                         KindOf kind_of) {
  return std::make_unique<IatiReader>(std::move(bytes), std::move(file), std::move(kind_of));
}

}  // namespace mangrove::ingest
