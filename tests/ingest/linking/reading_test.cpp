// What our own reading rules make of sentences that speak of modern slavery, and of those that only
// sound like it.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/storage/memory.h"
#include "ingest/ingest.h"
#include "ingest/linking/relink.h"
#include "ingest/linking/text_links.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {
namespace {

/// The concepts that our vocabularies find in a description.
std::set<std::string> concepts_in(std::string_view text) {
  static const auto vocabulary = [] {
    const ontology::Ontology ontology = ontology::Ontology::load().value();
    const auto graph = graph::Graph::open(storage::make_memory_storage(),
                                          {.text_properties = ontology::text_properties()})
                           .value();
    EXPECT_TRUE(load_ontology(*graph, ontology).ok());
    return vocabulary_of(*graph, ontology.schema()).value();
  }();
  EXPECT_EQ(vocabulary->vocabulary.faults, std::vector<std::string>());
  TextLinker linker(vocabulary);
  const std::vector<Passage> passages{{"description", text, "en"}};
  std::set<std::string> found;
  for (const TextLink& link : linker.read(passages, vocabulary->vocabulary.model.threshold)) {
    found.insert(vocabulary->vocabulary.concepts[link.concept_number].id);
  }
  return found;
}

struct Sentence {
  const char* text;
  std::vector<std::string> forms;  // That must be found in it.
};

TEST(Reading, FindsModernSlaveryAndItsFormInManyWordsAndLanguages) {
  const std::vector<Sentence> sentences{
      {"A world free of child labour", {"form:child-labour-worst"}},
      {"No child labour in the cocoa chain", {"form:child-labour-worst"}},
      {"Drug trafficking and human trafficking at the border", {}},
      {"Trafficking in women and girls", {}},
      {"Forced and child labour in supply chains",
       {"form:child-labour-worst", "form:forced-labour-private"}},
      {"Bonded labourers in brick kilns are freed", {"form:debt-bondage"}},
      {"Rehabilitation of former child soldiers", {"form:child-soldiers"}},
      {"Restavek children in Haiti", {"form:domestic-servitude"}},
      {"Domestic servitude of migrant women", {"form:domestic-servitude"}},
      {"Commercial sexual exploitation of children", {"form:sexual-child"}},
      {"Victims of sex trafficking", {"form:sexual-adult"}},
      {"Trafficking for organ removal", {"form:organ"}},
      {"Forced begging of talibé children", {"form:begging"}},
      {"Descent-based slavery in Mauritania", {"form:descent"}},
      {"State-imposed forced labour in cotton", {"form:state-imposed"}},
      {"Criminal exploitation and county lines", {"form:criminal"}},
      {"Scam compounds in South-East Asia", {"form:criminal"}},
      {"Women trafficked across the border", {}},
      {"Not excluding victims of trafficking", {}},
      {"Modern slavery statements of companies", {}},
      {"Children are victims of trafficking and abuse", {}},
      {"Bride trafficking", {"form:forced-marriage"}},
      {"Lutte contre la traite des êtres humains", {}},
      {"La traite des femmes et des enfants", {}},
      {"Pires formes de travail des enfants dans les mines", {"form:child-labour-worst"}},
      {"Enfants soldats démobilisés", {"form:child-soldiers"}},
      {"Servitude pour dettes", {"form:debt-bondage"}},
      {"Mendicité forcée des enfants talibés", {"form:begging"}},
      {"Esclavage par ascendance au Mali", {"form:descent"}},
      {"Un monde sans travail des enfants", {"form:child-labour-worst"}},
      {"Exploitation sexuelle commerciale des enfants", {"form:sexual-child"}},
      {"Travail forcé imposé par l'État", {"form:state-imposed"}},
      {"Trafic d'organes", {"form:organ"}},
      {"Criminalité forcée", {"form:criminal"}},
      {"Enfants victimes de la traite à des fins d'exploitation par le travail",
       {"form:forced-labour-private"}},
      {"Trata de personas y tráfico ilícito de migrantes", {}},
      {"Erradicación del trabajo infantil", {"form:child-labour-worst"}},
      {"Trabajo forzoso en la agricultura", {"form:forced-labour-private"}},
      {"Servidumbre por deudas", {"form:debt-bondage"}},
      {"Reclutamiento de niños por grupos armados", {"form:child-soldiers"}},
      {"Explotación sexual de niñas, niños y adolescentes", {"form:sexual-child"}},
      {"Mendicidad forzada", {"form:begging"}},
      {"Esclavitud hereditaria", {"form:descent"}},
      {"Libre de trabajo infantil", {"form:child-labour-worst"}},
      {"Tráfico de órganos", {"form:organ"}},
      {"Obligadas a delinquir", {"form:criminal"}},
      {"Víctimas de trata", {}},
      {"victimas de trata y refugiados", {}},
      {"Trabalho escravo e tráfico de pessoas", {"form:forced-labour-private"}},
      {"Trabalho infantil", {"form:child-labour-worst"}},
      {"مكافحة الاتجار بالبشر", {}},
      {"القضاء على عمل الأطفال", {"form:child-labour-worst"}},
      {"Early warning and CAAFAG reintegration", {"form:child-soldiers"}},
      {"TRAVAIL DES ENFANTS", {"form:child-labour-worst"}},
      {"trabajo infantil y peores formas", {"form:child-labour-worst"}},
      {"Does not only address child labour but also forced labour", {"form:forced-labour-private"}},
  };
  for (const Sentence& sentence : sentences) {
    const std::set<std::string> found = concepts_in(sentence.text);
    EXPECT_TRUE(found.contains("sdg:8.7")) << sentence.text;
    for (const std::string& form : sentence.forms) {
      EXPECT_TRUE(found.contains(form)) << form << " in: " << sentence.text;
    }
  }
}

TEST(Reading, IsNotTakenInByFalseFriends) {
  const std::vector<const char*> sentences{
      "Combating drug trafficking and organised crime in West Africa",
      "Fight against wildlife trafficking and poaching",
      "Arms trafficking and small arms control",
      "Improve road traffic safety and reduce traffic accidents",
      "Web traffic of the portal and traffic on rural roads; heavily trafficked roads",
      "Construction of a labour ward and delivery room; women in labour reach the clinic",
      "Child-friendly spaces and schools; labour-intensive works",
      "Bonded warehouse reform and customs bonded zones",
      "Master/slave replication of the database and the slave server",
      "Repair of the slave cylinder of trucks",
      "The Slave Route Project: history of slavery and heritage of the transatlantic slave trade",
      "Organ transplant unit and organ donation law",
      "Assistance after forced displacement and forced returns; forced eviction",
      "Prevention of sexual exploitation and abuse (PSEA) by aid workers",
      "This project does not address child labour.",
      "Support to migrants, excluding trafficking in persons",
      "The fund covers decent work but does not cover forced labour or slavery.",
      "Not related to human trafficking: a study of shipping.",
      "Illegal exploitation of natural resources and mineral exploitation",
      "Farm exploitation and agricultural exploitations",
      "Trafficking in cultural property and antiquities trafficking",
      "Reconciliation between the armed groups and the state; demobilisation of combatants",
      "Child protection workers and child care workers are trained",
      "Lutte contre le trafic de drogue et le trafic d'armes",
      "Modernisation de la traite laitière et de la traite des vaches",
      "Le projet traite de la question foncière ; il traite les eaux usées et traite la "
      "malnutrition aiguë",
      "Mémoire de l'esclavage et route de l'esclave",
      "Réplication maître-esclave de la base de données",
      "Exploitations agricoles familiales et exploitation forestière",
      "Déplacement forcé de populations",
      "Greffe d'organes au CHU",
      "Le projet ne traite pas du travail des enfants.",
      "Appui aux migrants, à l'exclusion de la traite des personnes",
      "Réduction de la servitude de passage sur les terrains",
      "Salle de travail et salle d'accouchement rénovées",
      "Trafic routier, trafic aérien et trafic portuaire",
      "No se trata de una donación; se trata de personas con discapacidad",
      "Tráfico de drogas y tráfico de armas en la frontera",
      "Tráfico de migrantes y control fronterizo",
      "Historia de la esclavitud y ruta del esclavo",
      "Trasplante de órganos y donación de órganos",
      "Desplazamiento forzado y desaparición forzada",
      "Servidumbre de paso y explotación agrícola, explotación minera",
      "El proyecto no aborda el trabajo infantil.",
      "Apoyo a migrantes, excluyendo la trata de personas",
      "Sala de partos y trabajo de parto",
      "Child marriage prevention clubs",
      "Employment of young people and labour market; forced to close by the pandemic",
      "Trata sobre la gestión del agua",
      "Bonding with children and family bonding",
      "Maritime trafficking of fuel; cigarette trafficking",
  };
  for (const char* sentence : sentences) {
    EXPECT_FALSE(concepts_in(sentence).contains("sdg:8.7")) << sentence;
  }
}

}  // namespace
}  // namespace mangrove::ingest
