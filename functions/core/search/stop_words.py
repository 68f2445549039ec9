"""Words that say nothing of what an article is about: French, English and Arabic, folded (no accents, lower case)."""

from collections.abc import Mapping

from functions.core.article import Language

_FRENCH = """
a afin ai aient ailleurs ainsi alors an ans apres au aucun aucune aujourd'hui aussi autant autre autres aux avait
avant avec
avoir beaucoup bien car ce ceci cela celle celles celui cependant certain certains ces cet cette ceux chacun chaque
chez cinq
comme comment contre dans de deja demain depuis dernier derniere derniers des desormais deux devant dix doit doivent
donc dont
du durant elle elles en encore enfin entre environ est et etaient etait etant ete etre eux fait faire faut fin font
fois hier
hors huit ici il ils jamais jour jours jusque la le les leur leurs lors lorsque lui ma mais mal me meme memes mes
mieux mois
moins mon monde ne neuf ni nombre non nos notre nous nouveau nouveaux nouvelle nouvelles on ont ou par parce parmi
part pas
pendant peu peut peuvent plus plusieurs plutot pour pourquoi pourra premier premiere premieres premiers pres presque
puis
quand quatre que quel quelle quelles quelque quelques quels qui quoi sa sans sauf se selon semaine sept sera seront
ses seul
seulement si six son sont sous souvent sur ta tandis tant te tel telle tes toujours tous tout toute toutefois toutes
tres
trois trop un une vers vient voici voila vos votre vous y annee annees million millions milliard milliards dirhams
pourcent
lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre
novembre decembre
"""
_ENGLISH = """
about above after again against all also among and any are because been before being below between both but can could
did does
doing down during each few for from further had has have having her here hers him his how into its itself just more
most much
must new nor not now off once only other our ours out over own said same say says she should since some such than that
the
their theirs them then there these they this those three through too two under until upon very was were what when
where which
while who whom whose why will with would year years you your yours monday tuesday wednesday thursday friday saturday
sunday
january february march april may june july august september october november december
"""
_ARABIC = """
في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين اللذان كان كانت يكون تكون قد لقد كل بعض غير بين بعد قبل عند
منذ حتى
أن ان إن أنه انه أنها لكن ولكن ثم أو او أم لا ما ماذا هل هو هي هم نحن أنا كما حيث أكثر أقل خلال ضمن حول دون أي أيضا
ايضا سنة عام أمس اليوم غدا الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
يناير فبراير مارس أبريل ماي مايو يونيو يوليوز يوليو غشت أغسطس شتنبر سبتمبر أكتوبر نونبر نوفمبر دجنبر ديسمبر
درهم مليون مليار مليارات
"""
STOP_WORDS_OF: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(_FRENCH.split()),
    "en": frozenset(_ENGLISH.split()),
    "ar": frozenset(_ARABIC.split()),
}
STOP_WORDS = frozenset().union(*STOP_WORDS_OF.values())
