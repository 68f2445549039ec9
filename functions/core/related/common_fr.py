"""The 1,500 commonest French stems by rarity: each line a rarity and its stems; see rarity.py."""

COMMON = """
0 dans des est les pas pour que qui une
1 par sur
2 avec mais plus tout
3 elle vous
4 comm fait nous son sont
5 bien cett etre fair ils meme
6 autr aux leur ont
7 etait ete mon ses
8 aussi deux lui moi peut
9 apre ces grand premier quand sans suis tous tres
10 alor avoir encor non quelqu
11 ans avait dit entr faut franc jour petit peu temp
12 anne bon contr dire fois mond parti personn rien toujour voir votr
13 avant chos depui donc etat homm jamai moin notr sous vie
14 deja dernier dont droit femm quoi seul soit toi trop
15 ainsi certain chez francai gens just nouvell oui parc pass pays point ton vraiment
16 beaucoup bonn comment coup mes mort nos nouveau pari plac politiqu sera troi vill
17 aucun car cas cela compt cote cour doit enfant heur histoir ici jusqu mal meilleur moment port trouv vrai
18 aime cell cet ceux demand donn fin general group jeun lieu mieu mois part pendant pens plusieur pourquoi pris puis
18 question rest sais servic vers
19 aller aujourd celui chaqu egalement equip fais famill hui maison merci nom parl peux prendr prix problem raison
19 saint semain societ suit travail vais veut veux vos
20 articl besoin effet eux fill fort haut idee lors march mettr pouvoir present rapport selon serait site social tant
20 tete
21 accord affair ailleur arme arriv assez aurait avai avon devant dis etaient film form genr important lign main
21 maintenant national parler projet quel savoir sens soir
22 americain arret avez base caus centr conseil croi debut different eau enfin ensembl entrepris exempl font forc
22 gouvernement guerr jean jeu livr lorsqu mere moyen niveau nombr partir passer pere pres president produit public
22 second seulement souvent surtout system tes vois
23 aide aura autant bell chef coeur dieu donner ecol emploi etes etud face facon fils fond francais fut gros loi membr
23 minut mis nuit peuvent photo plan plein possibl pourrait prend quatr regard somm terr titr tour trouver truc type
23 video vient
24 action air ancien appel argent bas beau commenc commun corp dessu ensuit etai journe loin long match mesur mise
24 noir notamment ordr plutot propr quell recherch region rencontr resultat saison seri situation sort sorti sujet the
24 vont vue
25 afin amour avaient ayant choi ecrit europ frer grac international joue laiss manier mari matin ministr oeuvr piec
25 pierr post pret prochain retour sait simpl tard term vite voitur yeux
26 activit age agit aurai auteur but chambr charg cinq class comprend connu devrait dout elev essai etant etc etranger
26 gauch humain imag information interet joueur mars million musiqu nord parent parfoi particulier pein permet pied
26 principal programm quebec reseau risqu rue sembl siecl sourc sud super train unis valeur vent voila
27 abord allez amis anglai annonc art avis blanc chanc cher club compri condition cultur date deuxiem developpement
27 difficil economiqu environ epoqu final fonction gard import interieur jouer juin langu lien lire local longtemp mai
27 manqu marqu merd milieu montr mot mouvement objet ouai parmi perdu period peur polic population presqu publiqu roug
27 rout sant securit sein septembr seront suivant tellement text utilis vivr voit voix
28 ait association autour avril cadr cart cependant chacun chang devenu direction donne election envi envoi esprit
28 euro exist experienc formation francoi gars hier janvier jeux juillet laquell lettr libr list malgr mec medecin
28 messag mode nombreu note octobr offr origin ouvert page pourtant pouvez pratiqu proch puisqu qualit regl relation
28 rendr repons roi role sall scen sign sortir techniqu tel venir vien zone
29 allemand aout appell attaqu attention bois bout bureau campagn canada chemin clair compagni comprendr confianc
29 control couleur court cree critiqu croir decembr demain demander derrier dix doivent domain dure economi espac
29 esper facil feu internet juge laisser limit model mondial mots necessair novembr occasion organisation pire plaisir
29 pose position production propo propos publi retrouv scienc six superieur total transport vas venu voie
30 aider ami animal attend avion bonjour capital changer cherch client communaut connai continu courant creation decid
30 decision decouvert demi directeur doubl durant edition eglis element entre espec etudiant evenement faisait ferm
30 fete fevrier fini gagn hors impression journal justic libert longu mariag matier mer met militair mission moyenn
30 normal numero operation oubli parol partout passag peupl plupart press preuv recu rend republiqu rester sauf sinon
30 soeur solution sport tell tomb trait traval troisiem universit victim victoir vieu voici vote voyag
31 acte allemagn arreter artist avanc band bientot bord candidat central changement chercher cite code commission
31 complet contrat cours cout depart devenir devient devoir dimanch dois ecout endroit energi entendu erreur europeenn
31 expliqu futur grav gross hein hotel lequel loui maitr marin media natur new objectif parfait penser personnel
31 pourra prefer presenc princip putain quartier realit rendu respect responsabl retrait reve revenu secret simplement
31 soire special succ suivi telephon tenu terrain territoir touch travaill traver utiliser verit version veulent
32 acce acheter administration adress afriqu analys ancienn arrive atteint attendr aupr autorit banqu ben bleu boit
32 bras chain chanson chien chiffr choisi civil combat construction contrair coupl cris debat defens deput differenc
32 direct education emission entier europeen eviter faibl faisant fera finalement financier gagner habitant historiqu
32 honneur impossibl instant interessant invit journalist lanc lit lumier maladi manger mauvai mauvais moiti monsieur
32 mont nombreus ouest pauvr payer perdr permi personnag physiqu precedent prevu quant rapidement realis regarder
32 regim repondr reserv retrouver russ secteur sept serieu soient sol soleil styl suivr taux travailler union unit
32 vert villag visit
33 acteur actuellement agent ajout album and application arrier arriver assemble avenir avocat camp capabl carrier
33 champ chaud classiqu combien commerc commercial completement conduit connaissanc connaitr consider contact content
33 creer departement desormai detail devait discour dossier dur echang effort eme enquet entend entendr episod
33 etablissement exterieur faux frai froid gout heureu hopital ile industri issu joli larg machin majorit malad memoir
33 method metr michel midi obtenir outr paix particulierement paul paye policier porter pouvait prison priv professeur
33 profit puiss radio rappell referenc represent reussi rich samedi sang scientifiqu serai situ soin souhait soutien
33 suffit suiss tabl taill tandi test tot traitement tue uniqu vendredi vol voulu
34 ador alle apprendr assurer avantag ball bebe blanch bons capacit caracter ceci chin cinema citoyen comit commencer
34 commentair communication concern concernant connait consequenc cul dame dehor difficult directement disent dite
34 document dollar dos essayer evolution exactement excellent habitud huit interess lundi lyon mair mene merit
34 minister montreal montrer muse musulman nation neuf occup ouvertur ouvrag papier partag pense pert populair pro
34 probablement professionnel proprietair protection provinc puissanc quitt rapid rare religion rendez reunion
34 seigneur sentiment sieg souvenir tableau tendanc tent tien tire tomber toutefoi usag vacanc vaut veritabl via
34 violenc vis visag vitess vivant voisin
35 absolument accident achet actuel aimerai allait anti appareil apport arab assur bah batiment bouch bref calm
35 categori celebr champion chat cheval cheveu ciel command con concour conferenc conseiller contenu continuer cool
35 credit david declar dessin dirait disponibl dommag drol ecrir ennemi environnement espagn espagnol etap evidemment
35 expliquer expression fallait figur fixe fou garcon garder generalement generation gestion gratuit hiver impot
35 indiqu info inscrit itali leger ligu lutt macron magnifiqu menac mme modern oblig oeil opinion original permettr
35 philipp plant plat poid pont possibilit pression princ prive proposition propriet regional remarqu rentr repond
35 representant repris responsabilit revenir rose russi sert soi soldat stad structur surfac surpris tenir termin
35 theatr tient tribunal vehicul viennent volont voulait voulez vouloir york
36 absenc accept actuell agenc ameriqu angleterr approch arbr assuranc auraient belgiqu bless boulot britanniqu budget
36 cadeau charl chinoi coin collection comt crim dela depens desol destin disposition distanc diver doigt ecran
36 electriqu end enorm enseignement enver envoyer espoir estim etoil exposition extrem facebook facilement fass fer
36 festival fil financ fleur frontier gaz georg grec gueul hauteur henri imagin importanc independant individu
36 influenc interdit jacqu john logement lourd majeur martin mass medical metier milliard montagn moral moteur
36 municipal naissanc naturel noel nomm nouvel obtenu organis oublier ouvrir pareil parlement patient peau plait
36 planet poser proc puissant racont reaction reconnu reform refus ressourc retard revient revolution revu rire roman
36 royal royaum secretair spectacl star statistiqu theori top totalement tourn trac util utilisation verr vide vingt
36 vit voulai week
37 achat africain amie anniversair appri appui aspect baiss beaut bizarr bonheur bruit cach cafe capitain cent chateau
37 choisir colleg complex compos compter concert conflit consommation constitu context couch croit cru cuisin danger
37 declaration decouvrir dedan dessou disait discussion don engag entretien examen exercic faudra faveur federal fier
37 finir foret frapp front fruit holland http identit inquiet institution intention intervention jardin jeudi juif
37 lectur lendemain leve liberal lois londr lyce madam magasin mang marseill moindr nicola noms officiel opposition
37 ouvr parait partenair patron perd phras pist pourrai precis presenter processu publication quotidien rang recent
37 recevoir reduit reel regardez rein rencontrer rentrer sac salair sale salon salut scolair seanc section servir sexe
37 souci station statut surement tach technologi tele tels them trist troup uniquement vendr vendu vieill vin volum
38 ame bataill bateau billet bruxell canadien cass chut concept construit courag defaut disparu entrer epreuv
38 exploitation faudrait hero incroyabl institut maman materiel mercredi mets mur naturell nul numeriqu outil parcour
38 phas poisson pote procedur proteger sent seraient sympa tuer urgenc vision
"""
