"""Names that are one name in another form: short and pet forms, spellings, letters carried over from another script.

Written down from general knowledge. A stroke ends a family, whose full form stands first. A name may belong to several
families (Ellie is Eleanor or Elizabeth). Only names that people really use for one another: a mistake joins sisters.
"""

from __future__ import annotations

# Britain and Ireland, Poland; then what is written in many ways from Arabic and Bengali; then Nigeria.
_GIVEN = """
neil neal / winifred winnie / bryony briony / kylie kylee kyley / ruby rubi / gethin gethyn /
abigail abby abbie abi gail / adam adi / agnieszka aga agnes / aidan aiden aodhan ayden /
aleksandra alexandra ola alex alexa sandra sasha lexi lexie /
alexander aleksander alex alec alasdair alistair alastair sandy xander sasha olek / alfred alfie alf fred freddie /
alan allan allen / alison allison ali / amelia amelie millie milly emilia / amy aimee /
andrew andy drew andrzej andrei / angela angie ange / anna anne ann ania annie anya / hannah hanna hana /
anthony antony tony antoni / arthur art artur / barbara barb babs basia / bartosz bartek bartlomiej bart /
beatrice bea beatrix / benjamin ben benny benji / bernadette bernie / bridget brigid brid bridie brighid breda /
bronwen bronwyn bron / caitlin kaitlyn katelyn caitlyn kaitlin katelynn / caoimhe keeva kiva / carys cerys /
catherine katherine kathryn catharine katharine cathryn kate katie katy cathy kathy kath cath kitty kasia katarzyna /
charles charlie chas chuck karol / charlotte charlie lottie charl lotte /
christine christina kristina chris chrissie krystyna tina krysia / christopher chris kris topher krzysztof kit /
ciara keira kiera kira ciera / cian kian kean keane / colin col / conor connor konnor / cornelius con neil /
daniel dan danny daniil / danielle dani daniella / dariusz darek / david dave davey dai dafydd dawid davy /
deborah debbie debra deb debs / declan dec deaglan / dennis denis / diarmuid dermot diarmaid /
donald don donny domhnall / dorota dorothy dot dottie / dominic dom dominik dominick nick / dylan dillon dyl /
edward ed eddie ted teddy ned edek / eileen aileen eibhlin / eleanor ellie nell elinor elena /
elizabeth elisabeth liz lizzie beth betty betsy eliza lisa elsie libby bess elzbieta ela ellie /
emily emmy em emilie emilia millie / emma em / eoin owen eoghan ewan euan ewen owain / eric erik /
evan ieuan ifan iwan / ewa eva eve evie / evelyn evie eve / frances fran frankie franny /
francis frank frankie franciszek fran / frederick fred freddie freddy frederic fryderyk / gabriel gabe /
gabriela gabrielle gabriella gabby / gareth gary gaz garth / geoffrey geoff jeff jeffrey /
george georgie jerzy georgios / georgia georgie georgina / gerald gerry jerry gerard / gillian jill gill jillian /
grace gracie / graham graeme grahame / grainne grania / gregory greg gregor grzegorz / grzegorz grzesiek greg /
gwendoline gwen gwenllian / harold harry hal / harriet hattie harrie / helen helena ellen elen nell /
henry harry hal henryk hank / hugh hughie huw aodh shug / ian iain / irena irene / isaac izaak zac zak /
isabella isabelle isabel izzy izzie bella belle isobel izabela ishbel / jacek jacenty / jack jac jackie /
jacob jake kuba jakub jakob / jacqueline jackie jacqui jacquie / jadwiga jadzia hedwig /
james jim jimmy jamie jem seamus shamus hamish iago / jan janek john / jane janie jayne / janusz januszek /
jasmine jas jasmin yasmin yasmine jaz / jason jay jase / jayden jaden jaiden / jennifer jen jenny jenni jenna /
jeremy jez jerry jem / jessica jess jessie jessy / joanna joanne jo asia joasia jojo /
john jon johnny jack jan sion ioan / jonathan jon jonny johnathan jonathon johnathon /
joseph joe joey josef jozef yusuf yousef yousuf / joshua josh / josephine jo josie joey / judith judy jude /
julia julie jules / kacper kasper caspar casper / kamil kamilek / karen kaz /
karolina caroline carolina carol carrie karola / kayleigh kayley kaylee / kenneth ken kenny /
kevin kev kevan caoimhin / kieran ciaran keiran kiaran kieron cieran / kimberley kim kimberly /
krystian christian cristian chris / laura laurie lora / lauren laurie loren / lawrence laurence larry laurie lorcan /
leah lea / leonard leo len lenny / leszek lech / lewis louis lou louie / liam uilleam william /
lily lilly lillian lil / lindsay lindsey linsey / louise lou louisa / lucy lucie lucia lucja /
lukasz lucas luke luca luka / llewelyn llewellyn llywelyn lyn llew / madeleine maddie madeline maddy madison /
maeve meadhbh medb meabh / magdalena magda maddie lena / maciej maciek matthias / malgorzata gosia malgosia margaret /
malcolm mal / marcin marcinek martin / margaret maggie meg peggy madge margie marged mairead /
maria mary marie marysia mari maire / mark marc marek marcus / martin marty martyn / martha mattie marta /
matthew matt matty mateusz matteo mathew / maurice mo moss / maximilian max maks maksymilian maxwell /
megan meg meggie meghan meagan / melanie mel / melissa mel missy lissa /
michael mick mike micky mikey mickey michal micheal michele mihangel / michelle shell shelly michele /
miroslaw mirek / molly mollie / morgan morgana / muireann muirne / natalie nat natalia natasha nathalie /
nathan nate nat nathaniel / niamh neve neave nieve / nicholas nick nicky nicolas mikolaj nico klaus /
nicola nicky nikki nicole nikita / oisin osheen ossian / olive olivia liv livvy livia / oliver ollie olly oli /
padraig patrick paddy pat patryk padraic paudie patsy / pamela pam / patricia pat trish tricia patsy patty /
paul pawel pol / paula polly pauline / pauline paulina / peter pete piotr piotrek peadar pedr /
philip phil phillip pip filip / piotr peter / przemyslaw przemek / rachel rach rachael raquel / radoslaw radek /
rafal raphael rafael raf / rebecca becky becca bex rebekah becki / rhiannon rhian / rhys rees reece reese /
richard dick rick richie ricky rich ryszard rico / robert rob bob bobby robbie bert robin / roderick rod roddy rory /
roisin rosheen / roland rolly / ronald ron ronnie / rosemary rose rosie romy / rose rosie roza rosa /
rory ruairi ruaidhri rhuari / russell russ / samantha sam sammy sammie / samuel sam sammy samy / sandra sandy /
saoirse seersha sersha / sarah sara sally / scott scottie / sean shaun shawn shane / sharon shaz sharron /
sheila sheelagh sile shelagh / shirley shirl / sinead sineidin janet / siobhan shivaun chevonne shevaun /
slawomir slawek / sophia sophie sofia zofia zosia sofie / stanislaw stan staszek stanley /
stephanie steph stefania steffi / stephen steven steve stevie stefan szczepan ste /
susan sue susie suzie susanna susannah zuzanna suzanne / sylwia sylvia / szymon simon / tadeusz tadek /
tadhg teague tighe / teresa theresa terry tess tessa / terence terry terrence / theodore theo teddy ted /
thomas tom tommy tomasz tomek tomos twm / timothy tim timmy / tobias toby / tracey tracy / valerie val /
veronica ronnie weronika wera / victor wiktor vic / victoria vicky vicki tori vic wiktoria / vincent vince vinny /
violet vi wioletta / walter wally walt / wendy wendi / william will bill billy willie liam wil gwilym willem /
wojciech wojtek / zachary zac zak zach zack zachariah / zbigniew zbyszek /
mohammed muhammad mohamed mohammad muhammed mohamad mohamud mohd md muhd mehmet mahomed mo /
ahmed ahmad ahmet achmed / abdul abdel abdal / abdullah abdallah abdulla /
abdulrahman abdirahman abdurrahman abdulrehman / abubakar abubakr aboubacar / aisha ayesha aysha aishah aiysha aicha /
ali aly alee / amina aminah aamina ameena / asma asmaa / bilal belal billal / farhana farhanah /
fatima fatimah fatema fatma fatimata fathima fatoumata / faisal faysal feisal / habib habibur / hamza hamzah /
hassan hasan / hussain hossain hussein husain husayn hosen hussien / ibrahim ebrahim ibraheem abraham / imran emran /
ismail ismael esmail ishmael / jamal jamaal gamal / kamal kamaal / khadija khadijah khadeeja khadiza / khalid khaled /
mahmud mahmood mahmoud mehmood / maryam mariam miriam mariyam / mustafa mostafa mustapha / nasima naseema /
nazrul nozrul / nur noor nour / omar umar omer / osman usman uthman othman / rahman rehman rohman rahaman /
rahim raheem rohim / rashid rasheed roshid / rukhsana roksana ruksana / sadia saadia / salma salmah /
shafiq shofiq shafique / shahid shaheed / suleiman sulaiman suleman sulayman solomon /
sumaiya sumayya sumaya sumayyah / tahir taher / tariq tarek tarik / yasin yaseen yassin /
yusuf yousuf yousef youssef usuf / zainab zaynab zeinab zenab / zubair zubayr jubair / abiodun biodun abbey /
abosede bose / adebayo bayo ade / adebola bola / adeola ola / adekunle kunle / adeleke leke / adewale wale /
adunni duni / akinwale wale / ayodeji deji / ayodele ayo dele / ayomide ayo mide / babatunde tunde baba /
babajide jide / bolanle bola / bukola buki bukky oluwabukola / chiamaka amaka / chibuike ibuike / chidiebere chidi /
chidiebube chidi / chidinma chidi dinma / chinedu nedu edu / chinonso nonso / chinyere chichi / chukwudi chudi /
chukwuemeka emeka / chukwuka chuka / ebube ebubechukwu / efe efemena / ekene ekenechukwu / emeka chukwuemeka /
eniola oluwaeniola / ezinne ezi / folake fola / folasade sade fola / ifeanyi ify ifeanyichukwu / ifeoluwa ife /
ifeoma ify / ikechukwu ike ikenna / itunu oluwaitunu / kelechi kele / kolawole kola / modupe dupe /
nkechi nkechinyere / nneka nnenna / obinna obi / olabisi bisi / oladipo dipo ladi / olajide jide /
olamide lamide ola mide / olanrewaju lanre / olayinka yinka / oluchi oluchukwu / olufemi femi / olufunke funke /
funmilayo funmi olufunmilayo / olumide mide / oluseun seun oluwaseun / oluwadamilola damilola dami / oluwafemi femi /
oluwaseun seun / oluwaseyi seyi / oluwatobi tobi oluwatobiloba / oluwatosin tosin / oluwatoyin toyin / omolara lara /
onyekachi kachi / opeyemi ope yemi / oreoluwa ore / somtochukwu somto / taiwo taiye / temitope temi tope /
temiloluwa temi / titilayo titi / tobechukwu tobe / tolulope tolu / uchenna uche / yetunde yewande /
darcy darcey darcie / claire clare / brian bryan / leila layla laila leyla / mya myah / niall nial /
vivien vivian vivienne / kayden kaiden / jaxon jaxson jackson / stacey stacy / lynn lynne lyn / kirsty kirstie /
esme esmee / erica erika / carol carole / stuart stewart / elliot elliott eliot / zara zarah zahra / callum calum /
finlay finley / mckenzie mackenzie / connie constance / hayley hailey haley / kelsey kelsie / keri kerri kerry /
lesley leslie / nya nyah / phoebe phebe / tegan teagan / darren darran / geraint ger / ffion fion / aneurin nye /
gwilym gwil / darcy darcey darcie / claire clare / brian bryan / leila layla laila leyla / mya myah / niall nial /
vivien vivian vivienne / kayden kaiden / jaxon jaxson jackson / stacey stacy / lynn lynne lyn / kirsty kirstie /
esme esmee / erica erika / carol carole / stuart stewart / elliot elliott eliot / zara zarah zahra / callum calum /
finlay finley / mckenzie mackenzie / connie constance / hayley hailey haley / kelsey kelsie / keri kerri kerry /
lesley leslie / nya nyah / phoebe phebe / tegan teagan / darren darran / geraint ger / ffion fion / aneurin nye /
gwilym gwil
"""

# The second half: how the same Chinese name is written from Cantonese and from Mandarin.
_SURNAMES = """
ahmed ahmad ahmet / akhtar akter aktar akther / begum begom begam / bhattacharya bhattacharjee bhattacharyya /
chowdhury choudhury chaudhry chaudhary choudhry chaudhuri chowdhary / clark clarke / davies davis / evans evan ifans /
fitzpatrick fitzpatric / haque haq hoque huq hoq / hossain hussain hussein husain hosen hussien / islam eslam /
kaur kour / khatun khatoon khatoun / macdonald mcdonald / miah mia miya meah / mukherjee mukhopadhyay /
murphy omurchu / obrien brien obriain / oneill oneil neill oneal / powell aphywel / price apprhys pryce /
pritchard aprichard / rahman rehman rohman rahaman / reid reed read / rees rhys reece / sarkar sarker sorkar /
shaikh sheikh shaik shekh / siddique siddiqui siddiqi siddiki / smith smyth smythe / stephens stevens /
sultana sultanah / taylor tailor / thompson thomson / uddin udin / walsh walshe breathnach / chan chen tan /
cheung zhang chang / cheng zheng / chow zhou chou / guo kwok kuo / he ho / hu woo / huang wong hwang /
jiang kong chiang / lam lin lim / lau liu / lee li / leung liang / luo law lo / ng wu / tang deng / tsang zeng tseng /
tse xie / wang wong / xu hsu hui / ye yip yeh / yeung yang / yuan yuen / zhao chiu chao / zhu chu
"""

# Names that are only themselves. Two names that both exist are not one of them mistyped, however near they are.
_OTHER_GIVEN = """
aadi aaliyah aaron abel abir adele aderyn adib adrian afsana agatha aklima alana alfreda alma alvin amara amari
amber ambrose amelka amin amir amira amit anaya andre andrea angel angelo angus anik anika anisa anita annabel
annabelle anton antonina anwara anwen april aria ariana arianna ariel arif arjun arlo armaan arman arnold arun aryan
ashley ashton asif astrid atif aubrey audrey august aurora austin ava avery aya ayaan ayan ayla ayman azaan barry
basil beau betsan beverley blake bogdan bonnie boris bozena bradley brandon brenda brendan briana brianna brody
brooke bruce bruno bryn caleb calvin cameron camilla candice cara carl carla carlo carly carmen carter carwyn casey
cassie cecilia celeste celia celina chad chance chanel chantelle charlene chelsea cheryl chiara chika chike chioma
chloe clara clark clive clyde cody colette colleen cora coral corey courtney craig crystal cyril czeslaw daisy dale
damian damien damon daphne dara daria darius darrell daryl dawn dean delia della delyth demi denise derek desmond
diana diane dilwar dina dion dominique donna dora doreen dorian doris douglas dwayne dwight ebele ebony edith edmund
edwin edyta effie eifion eira eirlys ejike elan eleri eli elias elijah elin elis elisa elise ellis elliw elmer elsa
elton elvis emlyn emmanuel enid enitan enya erin ernest eryk esther ethan ethel eugene eugenia eugeniusz eunice
evangeline ezra fabian fahim fahmida faith fang farhan farida farzana faye fayez felicity feliks felix feng fern
finn fiona flora florence flynn frederica freya gavin gaynor gbemi gemma gilbert gina glen glenda glenn gloria glyn
gordon greta guy gwyn gwyneth haider halina hallie hao haris harith harley harlow harmony harper harris harrison
harvey hasina hayden hazel heath heather hector heidi henryka herbert hetty hilary hilda holly hong honor hope
howard hua hubert hudson hui hunter ida idris ifor iga igor ilona imani imogen india indigo indira ines inga ingrid
iniko iqra ira irfan iris irma irving isha isla ivan ivor ivy iwona jada jade jago jahanara jai jaime jameel jamila
janan jannat jared jarek jaroslaw jarvis jasper javed jax jaya jayda jayla jean jeanette jed jemma jena jerome jia
jian jiang jie jin jing joan joel joelle jolanta joni jordan jorge josiah joy joyce juan judah julian juliana juliet
juliette jun june juno justin justine justyna kabir kade kai kaja kalina kane kara karan karim karin kasey kasim
kavita kayla keegan keeley kehinde keith kelly kelvin kemi kendra kene kenza keziah kiara kinga kiran kirsten
klaudia kofi kornelia kulsum kumar kurt kyla kyle kyra lacey lan lana lance larissa latif latoya leanne leela lei
leia leigh lekan leland leon leona leonie leroy lester levi lewin li lia lian liana lidia lila lilia lilian liliana
lin linda ling linus liona lionel lloyd logan lois lola long lorna lorraine louella lowri lubna luis luna lydia lyla
lynda lyndon lynsey mabel macy mae mahi mahir mahira mai maia maisie mali malia maliha malik malwina mandy manuel
mara marcel marcia marco margot mariah mariana marianne marilyn marina mario marion marisa marjorie marlene marley
marlon marnie marshall marvin marzena mason masuma matilda maud maureen mavis maya mayowa mehedi mei mercy meredith
merlin meryl mia miah mieszko mila milan milena miles milo min mina ming mira mirela moira momtaz mona monica
monique monowara morag moses mousumi muriel myla myles myra myrtle na nabila nadia nadim nadine nafisa nahid nahida
naila naima najma nala nancy naomi narges nargis nasir nasrin naveed nazia neha nela nelson nerys nesta neville
ngozi nia nigel nikodem nila nilufa nina ning nita nkem nnamdi noah noel noelia noelle nola nora norbert noreen
norma norman nova nyla oakley obiageli octavia odette odin ogechi oke okoro olga oliwia oluwakemi olwen opal oriana
oscar oskar oswald otis otto paige parker parvin patience patrycja paulo pearl penelope penny perry petra philippa
phyllis pia ping piper pixie pola poppy prakash preston prince priscilla priya qian qiang qing quentin quinn rabeya
rabia raees rafe rafi rafiq rahul raj raja rajesh ralph ramona ramsey randall rania rashad raven ravi ray raya rayan
raymond rayyan reagan reggie regina reginald rehana reid remi remy renata renee reuben rex rhea rhoda rhona ria rian
rianna ricardo ridwan riley rima rina rio rishi rita river robyn rocco rochelle rodney roger rohan roma roman romeo
romilly ronan rong ronja roopa rosalie rosalind rosanna rosina ross rotimi rowan rowena roxanne roy rubel ruben
rubina rudy rufus rui ruma rumana rupert ruth ryan ryder sabah sabbir sabiha sabina sabrina sadie sadiq safa saffron
sage said saif saima saira sajid sajida salim salman samia samir samira sana sanjay sapphire saskia saul savannah
scarlett seb sebastian segun selena selina seren serena seth seweryn shabana shahana shahin shamim shamima shan
shania shanice shannon shapla sharif sharmin shauna shawna sheena sheryl shila shirin shivani shona shu sian sidney
sidra sienna sierra silas silvia simi simone sindhu skye skyla skylar sofian sohail sola sonia sonja sonny spencer
stella sufyan suki sultana summer sumon sunil sunita sunny surya sybil sydney syed tabitha taha tahira tahmid
tahmina talia tamara tamsin tania tanisha tanvir tanya tao tara tasha tasnia tasnim tatiana tatum tayla taylor tayo
thea thelma theodora tia tiana tianna tiffany tilda tilly ting toba tokunbo toni travis trent trevor trinity tristan
troy tudor tunji tyler tymon tymoteusz tyra tyrone udo ultan uma una unity ursula urszula usha uzair vanessa vaughan
vera verity vernon vijay vikram viola wade wallace wanda warren wayne wei wen wesley whitney wieslaw wilbur wilfred
willa willow wilma winston wladyslaw wren wunmi wyatt xavier xena xia xiang xiao xin xiu xue yan yang yasir yasmeen
yi ying yolanda yong yu yuan yue yun yvette yvonne zahir zaid zain zaina zainabu zakariya zakia zaman zane zayd zayn
zdzislaw zeb zelda zena zenon zeynep zhen zhi zia zion zoe zohra zola zoya zuri
"""


def _families(text: str) -> dict[str, tuple[str, ...]]:
    """For each name the full forms that it may stand for."""
    families: dict[str, list[str]] = {}
    for family in text.split("/"):
        for name in family.split():
            families.setdefault(name, []).append(family.split()[0])
    return {name: tuple(dict.fromkeys(forms)) for name, forms in families.items()}


GIVEN_FAMILIES = _families(_GIVEN)
SURNAME_FAMILIES = _families(_SURNAMES)
KNOWN_GIVEN_NAMES = frozenset(GIVEN_FAMILIES) | frozenset(_OTHER_GIVEN.split())
