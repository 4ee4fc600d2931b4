import { graphql } from "./gql/index.js";
import { ask } from "./hub.js";

const pupilsOfASchool = graphql(`
  query PupilsOfASchool($code: String!, $sex: Sex!, $pupils: Int!) {
    school(code: $code) {
      name
      students(first: $pupils, where: { sex: { equals: $sex } }) {
        totalCount
        nodes {
          studentNo
          gpax
          grades(first: 2) {
            nodes { score subject { code } term { number year { beYear } } }
          }
        }
      }
    }
  }
`);

const [url = "http://127.0.0.1:8000/graphql", code = "1001"] = process.argv.slice(2);
const { school } = await ask(url, process.env["HUB_TOKEN"] ?? "", pupilsOfASchool, { code, sex: "FEMALE", pupils: 3 });
if (!school) {
  throw new Error(`There is no school ${code}.`);
}
console.log(`${school.name}: ${school.students.totalCount} pupils`);
for (const pupil of school.students.nodes) {
  const grades = pupil.grades.nodes.map(({ subject, term }) =>
    term ? `${subject.code} ${term.number}/${term.year.beYear}` : subject.code,
  );
  console.log(`${pupil.studentNo} ${pupil.gpax?.toFixed(2) ?? "no GPAX"}: ${grades.join(", ")}`);
}
