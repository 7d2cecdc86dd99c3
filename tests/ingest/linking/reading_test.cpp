// What our own reading rules make of sentences that speak of modern slavery, of those that only
// sound like it, and of sentences about goals.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/storage/memory.h"
#include "ingest/ingest.h"
#include "ingest/linking/relink.h"
#include "ingest/linking/text_links.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {
namespace {

/// The concepts that our vocabularies find in a description, and how sure they are.
std::map<std::string, double> read(std::string_view text, double least) {
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
  std::map<std::string, double> found;
  for (const TextLink& link : linker.read(passages, least)) {
    found.emplace(vocabulary->vocabulary.concepts[link.concept_number].id, link.confidence);
  }
  return found;
}

/// Those that are at least as sure as not.
std::set<std::string> concepts_in(std::string_view text) {
  std::set<std::string> found;
  for (const auto& [id, confidence] : read(text, 0.5)) found.insert(id);
  return found;
}

struct Sentence {
  const char* text;
  std::vector<std::string> forms;  // That must be found in it.
};

void expect_found(const std::vector<Sentence>& sentences) {
  for (const Sentence& sentence : sentences) {
    const std::set<std::string> found = concepts_in(sentence.text);
    EXPECT_TRUE(found.contains("sdg:8.7")) << sentence.text;
    for (const std::string& form : sentence.forms) {
      EXPECT_TRUE(found.contains(form)) << form << " in: " << sentence.text;
    }
  }
}

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
  expect_found(sentences);
}

TEST(Reading, FindsThemInTheWordsOfActivities) {
  const std::string child = "form:child-labour-worst";
  const std::string forced = "form:forced-labour-private";
  const std::vector<Sentence> sentences{
      {"Regional support to counter TIP, with police and courts", {}},
      {"Shelter for VoTs; assistance to victims of THB", {}},
      {"FY2023 TIP Office award", {}},
      {"CSEC survivors; OSEC of children", {"form:sexual-child"}},
      {"CAAC mandate of the United Nations on grave violations", {"form:child-soldiers"}},
      {"Becas para NNAT y sus familias", {"form:child-labour-worst"}},
      {"Children as young as eight work in mica mines", {"form:child-labour-worst"}},
      {"Survivors of human traficking return home", {}},
      {"How not to be trafficked: lessons for girls of the border villages", {}},
      {"Traffickers who promise jobs abroad are brought to court", {}},
      {"Remediation of cases of CL in cocoa households", {child}},
      {"WFCL monitoring at gold sites", {child}},
      {"Kids who work on tobacco estates go back to class", {child}},
      {"Boys and girls that labour in agriculture", {child}},
      {"Getting children out of work and into school", {child}},
      {"Withdrawal of children from brick kilns", {child}},
      {"Keep children under 15 from working in orchards", {child}},
      {"Pupils absent from school in order to work", {child}},
      {"The law on the minimum age for admission to employment", {child}},
      {"Under-aged miners leave the pits", {child}},
      {"Child and forced labor in palm oil", {child, forced}},
      {"Rural workers in conditions analogous to slavery", {forced}},
      {"Employers who keep confiscated passports of migrant workers", {forced}},
      {"Fishers are held against their will on the vessel", {forced}},
      {"Forced labour of Uyghurs in the cotton fields", {"form:state-imposed"}},
      {"Forced labour exacted by the military", {"form:state-imposed"}},
      {"Families bonded to landlords across generations", {"form:debt-bondage"}},
      {"Bonded child labour", {"form:debt-bondage", child}},
      {"House maids escape servitude in private households", {"form:domestic-servitude"}},
      {"Women coerced into commercial sex", {"form:sexual-adult"}},
      {"Girls are sold to brothels", {"form:sexual-child"}},
      {"OSAEC police unit", {"form:sexual-child"}},
      {"Quranic pupils are sent out to beg", {"form:begging"}},
      {"Legal aid for people born into slavery", {"form:descent"}},
      {"Victims forced to defraud strangers in scam centres", {"form:criminal"}},
      {"Young women sold as brides", {"form:forced-marriage"}},
      {"Démanteler les réseaux de traite", {}},
      {"Appui aux rescapées de la traite", {}},
      {"Lutte contre la TEH : formation des juges", {}},
      {"Commerce d'êtres humains au Sinaï", {}},
      {"Les enfants travaillent dans les mines de cobalt", {child}},
      {"Retirer les enfants des plantations", {child}},
      {"Elimination des PFTE sur les sites aurifères", {child}},
      {"Des transferts pour ne plus faire travailler leurs enfants", {child}},
      {"Interdire les travaux dangereux aux enfants", {child}},
      {"Un enfant sur trois est contraint de travailler", {child}},
      {"Exploitation des enfants dans l'orpaillage", {child}},
      {"Travail forcé et des enfants dans le coton", {child, forced}},
      {"Des ouvriers agricoles en conditions proches de l'esclavage", {forced}},
      {"Exploitation des saisonniers", {forced}},
      {"Ouvriers asservis pour dettes dans les rizeries", {"form:debt-bondage"}},
      {"Le sort des petites bonnes dans les familles de la ville", {"form:domestic-servitude"}},
      {"Vidomègons de Cotonou", {"form:domestic-servitude", child}},
      {"Femmes contraintes à la prostitution", {"form:sexual-adult"}},
      {"Filles mineures prostituées", {"form:sexual-child"}},
      {"Des maîtres envoient mendier les garçons", {"form:begging"}},
      {"Populations d'origine servile", {"form:descent"}},
      {"Mineurs contraints à commettre des délits", {"form:criminal"}},
      {"Sensibilización sobre la trata", {}},
      {"Respuesta a la trata en contexto humanitario", {}},
      {"Mujeres que han sufrido trata", {}},
      {"Mujeres y niñas traficadas", {}},
      {"Desarticular bandas de tratantes", {}},
      {"Niñas y niños trabajadores de los mercados", {child}},
      {"Verificar que no haya trabajo de niños en fincas", {child}},
      {"Dejan la escuela para trabajar en la zafra", {child}},
      {"Incorporación temprana al trabajo", {child}},
      {"Adolescentes en trabajo peligroso", {child}},
      {"Niños picapedreros", {child}},
      {"Comisión para las PFTI", {child}},
      {"Ni trabajo forzado ni infantil en la confección", {forced}},
      {"Trabajo forzoso e infantil", {child, forced}},
      {"Peones en condiciones análogas a la esclavitud", {forced}},
      {"Trabajadores reducidos a la servidumbre en talleres", {forced}},
      {"El enganche de peones en la tala", {forced, "form:debt-bondage"}},
      {"Esclavitud por deudas", {"form:debt-bondage"}},
      {"Erradicar el criadazgo", {"form:domestic-servitude"}},
      {"Obligadas a prostituirse", {"form:sexual-adult"}},
      {"Combate a la ESCNNA", {"form:sexual-child"}},
      {"Niños obligados a pedir limosna", {"form:begging"}},
      {"Mujeres nacidas esclavas en Mauritania", {"form:descent"}},
      {"Adolescentes utilizados por pandillas", {"form:criminal"}},
      {"Crianças que trabalham nas minas", {child}},
      {"Trabalhadores resgatados de trabalho escravo", {forced}},
      {"Meninas em servidão doméstica", {"form:domestic-servitude"}},
      {"عمالة الأطفال في الزراعة", {child}},
      {"مناهضة العمل القسري", {forced}},
      {"محاربة العبودية الوراثية", {"form:descent"}},
  };
  expect_found(sentences);
}

TEST(Reading, FindsTraffickingAndSlaveryWithAndWithoutAnotherForm) {
  const std::string trafficking = "form:trafficking";
  const std::string slavery = "form:slavery";
  const std::string forced = "form:forced-labour-private";
  const std::vector<Sentence> sentences{
      {"Shelter and legal aid for victims of trafficking", {trafficking}},
      {"Border police learn to recognise people who are being trafficked", {trafficking}},
      {"Women deceived by recruiters and sold to a brothel", {trafficking}},
      {"National plan against trafficking in persons", {trafficking}},
      {"Trafficking for forced labour in fishing", {trafficking, forced}},
      {"Men are trafficked into forced labour", {trafficking, forced}},
      {"Human trafficking and child labour", {trafficking, "form:child-labour-worst"}},
      {"Organ trafficking among refugees", {trafficking, "form:organ"}},
      {"Bride trafficking across the border", {trafficking, "form:forced-marriage"}},
      {"Trafficking and sexual exploitation", {trafficking, "form:sexual-adult"}},
      {"Helpline for people in modern slavery", {slavery}},
      {"Freed slaves learn a trade", {slavery}},
      {"People are held like slaves on cattle posts", {slavery}},
      {"Families trapped in servitude for generations", {slavery}},
      {"Statement on slavery and human trafficking in supply chains", {slavery, trafficking}},
      {"Women who survived sexual slavery", {slavery, "form:sexual-adult"}},
      {"Slavery by descent in the Sahel", {slavery, "form:descent"}},
      {"Accueil des victimes de la traite", {trafficking}},
      {"Lutte contre le trafic d'enfants", {trafficking}},
      {"Traite aux fins d'exploitation sexuelle", {trafficking, "form:sexual-adult"}},
      {"Permanence pour les victimes d'esclavage moderne", {slavery}},
      {"Des ouvriers traités comme des esclaves", {slavery}},
      {"Lutte contre l'esclavage en Mauritanie", {slavery, "form:descent"}},
      {"Casa refugio para sobrevivientes de la trata", {trafficking}},
      {"Personas tratadas con fines de explotación laboral", {trafficking, forced}},
      {"Erradicar las formas contemporáneas de esclavitud", {slavery}},
      {"Personas esclavizadas en carboneras", {slavery}},
      {"Prevenção do tráfico de pessoas", {trafficking}},
      {"مكافحة الاتجار بالبشر", {trafficking}},
  };
  expect_found(sentences);

  const std::vector<const char*> neither{
      "A museum of slavery and a memorial of the transatlantic slave trade",
      "History of slavery in the eighteenth century; archives on enslaved ancestors",
      "Restoration of the slave castle as heritage",
      "Drug trafficking and trafficking of ivory; traffickers of heroin",
      "Slaves to fashion; the slave server and its master",
      "Le musée raconte l'esclavage et la traite négrière",
      "La traite des vaches par les bergers",
      "Museo de la esclavitud en la época colonial",
      "El libro trata de mujeres pescadoras",
      "Labour exploitation of seasonal workers",
      "Child labour in quarries",
      "Debt bondage in brick kilns",
      "Servidumbre por deudas en haciendas",
  };
  for (const char* sentence : neither) {
    const std::set<std::string> found = concepts_in(sentence);
    EXPECT_FALSE(found.contains(trafficking)) << sentence;
    EXPECT_FALSE(found.contains(slavery)) << sentence;
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
      "Task force work plan of the district",
      "Children who work together on a school garden; girls carry water for hours",
      "Children play while mothers work in tea estates",
      "Rescue children from flooded farms",
      "Tip lines for citizens; victims of crime",
      "Organised crime units and organisational development",
      "Indebted farmers repay loans to the cooperative",
      "Archives on slavery in the nineteenth century; the colonial museum of enslaved people",
      "People are forced to work from home",
      "Le centre traite les enfants malnutris",
      "Traitement des personnes vivant avec le VIH, des enfants et des femmes",
      "La traite hygiénique des chamelles et la collecte du lait",
      "Les éducateurs travaillent avec les enfants",
      "Sécurité au travail des mineurs artisanaux",
      "Bonnes pratiques agricoles des familles",
      "Travaux forcés au bagne : un musée",
      "Tratar a niños con desnutrición; el hospital trata a mujeres",
      "El proyecto trata de personas con discapacidad",
      "Niños y niñas trabajan en equipo en el huerto escolar",
      "Trabajar con niños y con sus padres; grupo de trabajo de la infancia",
      "Madres que trabajan en el campo y guarderías para niños",
      "Trabajos infantiles de dibujo",
      "Enganche de tuberías y reenganche escolar",
      "Tráfico ilícito de migrantes",
      "Tráfico de drogas; trata crianças com malária",
      "Méthodes de travail des enfants en classe",
      "Hojas de trabajo de niños de preescolar",
      "CAAC accreditation of the civil aviation academy; OSEC trade promotion",
      "CSEC past papers for secondary schools; WFCL exchange of football clubs",
      "VOT pilot: vote counting; TIP sheets and TIP office hours; ATIP software licence",
      "IPEC: programme of the petroleum engineers; NNAT meeting room; IRALC booking",
      "Children as young as five join a robotics workshop",
      "Workers removed from hazardous work during heat waves",
      "مكافحة الاتجار بالمخدرات",
  };
  for (const char* sentence : sentences) {
    EXPECT_FALSE(concepts_in(sentence).contains("sdg:8.7")) << sentence;
  }
}

TEST(Reading, TellsGoalsAndTargetsInThreeLanguages) {
  const std::vector<std::pair<const char*, std::string>> sentences{
      {"Malaria and tuberculosis treatment in district hospitals", "sdg:3"},
      {"Lutte contre le paludisme et la tuberculose", "sdg:3"},
      {"Seguridad alimentaria de los pequeños agricultores", "sdg:2"},
      {"Accès à l'eau potable et assainissement", "sdg:6"},
      {"Primary education for girls", "sdg:4"},
      {"Rule of law and access to justice", "sdg:16"},
      {"Energías renovables y electricidad", "sdg:7"},
  };
  for (const auto& [text, goal] : sentences) {
    EXPECT_TRUE(concepts_in(text).contains(goal)) << goal << " in: " << text;
    const auto all = read(text, 0);
    const auto targets = std::count_if(
        all.begin(), all.end(), [&](const auto& one) { return one.first.starts_with(goal + "."); });
    EXPECT_GE(targets, 5) << "to choose from in: " << text;
  }
  EXPECT_TRUE(concepts_in("Steel for the shed").empty());
}

}  // namespace
}  // namespace mangrove::ingest
