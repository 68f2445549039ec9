"""The 1,500 commonest English stems by rarity: each line a rarity and its stems; see rarity.py."""

COMMON = """
0 and for that the you
1 are have this was with
2 but from not
3 all can his thei your
4 just like one what will
5 about has more out ther time were when who
6 been get had her she their which would year
7 don how new other peopl them
8 also make now some
9 after first good him into its know onli our see than think two want
10 any back could need over then thes well work
11 becaus even here may most much right said should stat take thing veri way wher
12 befor being day did going look off realli too why
13 come down game got great life made mani never say still thos world
14 best home last love man part such through whil
15 both everi find give help long mean plac same school show something thre use used
16 alwai another around better between compani does famili feel high hous let littl old own sinc team thank under
17 again against chang citi didn during each end found friend group keep live must name next number plai point second
17 servic system week without
18 area big case countri ever free might monei night pleas put someon start sure thought
19 awai book call called care days different doing few girl god government hand having hour left line lot month parti
19 person problem real set tell todai until women
20 alreadi american anything believ busines done enough everything full getting head however level looking making
20 member men nothing order plan player power public question read side stop stori support told top water won word yet
21 bad based becom came children doesn everyon face far four hard including issu job kind music national once open
21 post result season seen small though took try video went whit yes
22 actualli black bodi car cours court death fact five following general hope idea later law leav less local matter
22 mayb mind minut offic per president reason report room run says seem shit singl student talk term together trying
22 united using war whol working
23 able ago caus coming communiti control cost earli event food forc form fuck given guy guys half health histori
23 human important includ information isn john least light million move news often pay program social song south studi
23 true turn type universiti within young
24 action air almost along anyon bit bring building clas clos deal else exampl final happen heart hit international
24 known larg lost market nice past phon playing possibl pretti pric probabli project quit record remember research
24 saying seri several short sound stai star started street taking understand wait wanted watch win woman wrong yeah
24 york
25 account age among ask babi buy chanc character check child colleg data development due either experienc father
25 field film fire fucking further futur goal happi late lead list low major meet moment morning mother movi myself
25 north pictur polic position provid rate rather red road saw shot site sometim soon sourc special taken third view
25 whether yourself
26 according act although america answer art asked availabl bank behind board brother club current date department
26 easi education feeling fight follow former front fun gonna heard hold industri interest kids king land living
26 london main march media model near non official parent period polici political product readi relationship return
26 rule sale shar six son spac step talking test town valu wasn west
27 acros articl attack beautiful bill break card center church clear common condition continu counti coupl cut
27 decision design director effect election energi fall figur fine gave gets goes ground hear held himself individual
27 instead killed match meeting miss note offer officer outsid page park played present proces properti rest review
27 role running securiti self sens sex sign stand standard strong summer thinking total toward vote wife wish
28 abov activiti allow amount april blue boy british charg choic claim comment cover dead died door driv economic
28 english especialli eyes featur gold green happened higher increas insid juli june knew languag leader learn likeli
28 link material middl militari needed onlin operation paper perfect performanc personal photo piec practic privat
28 round save scienc similar situation size societi sorri stag styl titl training unit wall wouldn
29 added alon animal appear averag ball becam benefit brought certain chief code cool daughter david differenc east
29 eat effort england evidenc exactli fast federal felt finalli forward giving gone gues hate haven hospital hot imag
29 island kill ladi leagu letter longer lord loss management mark medical messag mile mom nation network original pass
29 patient pick pres production qualiti race rang reading received region releas risk send sent september sport
29 station stor stuff tax technologi themselv trad tried trust union usualli version voic walk websit whatever worked
29 worth
30 add amazing armi attention august author award base blood born cannot career cell central centuri china complet
30 couldn council creat cultur cup damn decided degre district dog drug earth enjoi entir european femal financial
30 football french fund hair hell hey involved itself jame januari key led looked lose lower manager met michael mine
30 minister natural november october oil opportuniti organization paid perhap plant poor professional related remain
30 respons river rock scen section seriou seven ship simpl speak staff statement tabl teacher text track turned upon
30 variou visit washington william writ writing written
31 acces agenci album application aren artist association australia band beat bed began begin below box brown build
31 built campaign changed coach color committe computer conferenc considered contact content contract crazi created
31 credit currentli daili dark december deep detail die difficult doctor doubl dream drop episod europ expect followed
31 foreign forget georg huge husband india internet join judg legal listen lol master method missing modern movement
31 okai ones opinion option owner pain paul percent popular population pressur published recent released respect
31 russian safe sea seeing simpli sir sister sleep sort specific speed starting straight subject succes super ten
31 tonight tour train travel treatment tree truth user waiting wanna ways weight whos window worker wrot
32 abiliti addition adult agent agre ahead allowed angel anti approach ass attempt authoriti battl beginning block
32 boys brain california canada capital carri centr certainli challeng chines christian cold collection completeli
32 consider crim cros customer described despit direction diseas dollar drink eight etc except explain extra eye fair
32 fans favorit fear februari focu funni gas german growth hotel hurt ice included indian interesting jesu kept kid
32 leading limited location loved machin married moved moving nearli normal particular partner peac positiv potential
32 previou provided purpos quickli radio reach recentli reported requir required resourc seat secret sell shall
32 solution spend spent spot spring stock structur thousand tomorrow vehicl via watching welcom western
33 absoluteli additional administration announced anywai asking australian beach beyond brand calling camera cancer
33 cent channel clean commercial commission construction continued dad damag danc defens definiteli demand designed
33 driver earlier employe engin expected factor feet finding floor franc fridai function global grand grow gun heavi
33 hill http hundred immediateli impact incom interview item jobs justic knowledg lack leaving male measur memori
33 mission natur nobodi opening particularli plus posted queen quick regular russia safeti san scor search secretari
33 senior serv shop significant sold statu sun sundai suppli theori throughout touch trial trip trump unles weapon
33 wear weekend wide winner winning wonder wow
34 activ addres africa agreement analysi annual anymor appli awesom bar basic biggest bird bought candidat captain
34 cash catch choos christma civil clearli communication compared competition concern copi count developed devic
34 direct division doubt easili economi ended environment executiv exist facebook faciliti fan fighting file finish
34 finished firm fish fit flight gain generalli generation germani gift gotta grad growing hall harri holding hors
34 imagin increased independent injuri insuranc interested investment japan killing lake latest learning librari
34 literalli luck majoriti mari marriag mass meant mountain multipl murder named necessari none notic obama older
34 passed peter physical pre pro professor protect realiti receiv referenc republican rich ride ring robert screen
34 seriousli session skill skin smith soul speaking ston stupid successful suggest suit supposed sweet target telling
34 thus villag wind winter wood worri worst writer yesterdai
35 accept advic ain airport app associated avoid bear broken camp cars caught caused champion citizen closed coast
35 coffe concept congres connection contain conversation decid directli distanc document draw driving dude effectiv
35 element enemi enter equipment established estat evening eventualli everybodi exchang foot foundation freedom fulli
35 garden gay glad googl greater guard heat helped highli holi host largest laws limit lived loan lots meaning metal
35 mistak mobil mouth mrs muslim nine otherwis overall payment planning politic pop primari produc produced profil
35 profit protection pull ran realiz request responsibl rise roll rose royal saturdai scal setting showing shown sick
35 sit slow soldier speech spirit squar standing strategi surfac texa therefor throw ticket tool truli uses victim
35 volum weather wedding wors
36 actor actual advantag african appl bottom bridg brok budget cast chicago click compl criminal decad discussion duti
36 eating edition farm fat fell flower glas hearing hero highest influenc institut investigation jack joke lawyer
36 learned located losing northern offered opened placed powerful prior prison prov push putting quarter reached
36 reaction religiou representativ responsibiliti restaurant richard separat showed signed sitting speci stick
36 strength thoma traffic troubl twitter walking wearing whom wonderful yard
"""
