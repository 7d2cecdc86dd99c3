#pragma once

#include <string>

namespace mangrove::tests {

/// The least of an IATI activity of the publisher P-1.
inline std::string activity(const std::string& id, const std::string& title,
                            const std::string& updated = {}) {
  return "<iati-activity" + (updated.empty() ? "" : " last-updated-datetime='" + updated + "'") +
         "><iati-identifier>" + id + "</iati-identifier><reporting-org ref='P-1'>" +
         "<narrative>Publisher</narrative></reporting-org><title><narrative xml:lang='en'>" +
         title + "</narrative></title></iati-activity>\n";
}

inline std::string iati_file(const std::string& activities) {
  return "<iati-activities version='2.03'>\n" + activities + "</iati-activities>\n";
}

}  // namespace mangrove::tests
