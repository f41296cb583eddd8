import { it } from "vitest";
import { found } from "@/lib/testing/findings";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import { defaultComponents } from "@/lib/gitlab-ci/components";
it("x", () => {
  const b = (pins: any, refs: any, patterns: any) => buildTrustPolicy({issuer:"https://gitlab.com",providerArn:"arn:aws:iam::111122223333:oidc-provider/gitlab.com",audience:"https://sts.amazonaws.com",components:[...defaultComponents],projectId:"42",projectPath:"acme/api",namespaceId:"7",refs,patterns,pins});
  const all = {projectId:true,namespaceId:true,refProtected:true};
  for (const [n,t,m] of [
    ["safe", b(all,[{name:"main",type:"branch"}],[]), {}],
    ["no ref_protected", b({...all,refProtected:false},[{name:"main",type:"branch"}],[]), {}],
    ["rules unknown", b(all,[{name:"main",type:"branch"}],[]), {protectedBranches:null,protectedTags:null,gitlabVersion:null,visibility:null,forksRunInParent:null}],
    ["release/*", b({...all,refProtected:false},[],[{pattern:"release/*",type:"branch"}]), {}],
    ["release/* pinned", b(all,[],[{pattern:"release/*",type:"branch"}]), {}],
    ["release/* pinned rule M", b(all,[],[{pattern:"release/*",type:"branch"}]), {protectedBranches:[{name:"release/*",push:40,merge:40}]}],
    ["release/* rule M", b({...all,refProtected:false},[],[{pattern:"release/*",type:"branch"}]), {protectedBranches:[{name:"release/*",push:40,merge:40}]}],
    ["release/* rule D", b(all,[],[{pattern:"release/*",type:"branch"}]), {protectedBranches:[{name:"release/*",push:30,merge:40}]}],
    ["release/* unknown", b(all,[],[{pattern:"release/*",type:"branch"}]), {protectedBranches:null}],
    ["* branch", b({...all,refProtected:false},[],[{pattern:"*",type:"branch"}]), {}],
    ["* branch prot", b(all,[],[{pattern:"*",type:"branch"}]), {}],
    ["* branch prot unknown", b(all,[],[{pattern:"*",type:"branch"}]), {protectedBranches:null,protectedTags:null}],
    ["dev", b({...all,refProtected:false},[{name:"dev",type:"branch"}],[]), {}],
    ["dev gone", b({...all,refProtected:false},[{name:"gone",type:"branch"}],[]), {}],
  ] as any[]) console.log(n, found(t,m).map((f) => `${f.severity} ${f.id}: ${f.why} ${f.path} [${f.names}]`));
});
