/// The page's style sheet, and the digest by which the Content-Security-Policy lets it in.
enum ReportStyle {
    /// Base64 of the SHA-256 of ``sheet``; a test recomputes it and names the right value.
    static let digest: StaticString = "cJ4a2zcw0kg3Jxj6rQS74z54HATTlQsyjT7nnIwa1js="

    static let sheet: StaticString = """
        :root{--paper:#fcfcfa;--card:#fff;--ink:#1d2329;--muted:#57606a;--line:#d8dbdf;--grid:#e6e8eb;--link:#14588a;\
        --s0:#1f5f8b;--s1:#b4530a;--s2:#0f766e;--s3:#7c3aed;--s4:#6b5b00;--band:#eaf1f6;\
        --k-say:#1f5f8b;--k-move:#7d8590;--k-act:#0f766e;--k-plan:#7c3aed;--k-reflect:#a8326e;--k-event:#b4530a;\
        --o0:#1b4f72;--o1:#2a719f;--o2:#5d6770;--o3:#9a5b13;--o4:#8a2f1d;--o5:#5b3a8c;--o6:#0f6b62;--on:#fff}
        @media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1b1f23;--ink:#e6e8ea;--muted:#a5aeb8;\
        --line:#363c43;--grid:#2a3036;--link:#7fc1f2;--s0:#6db3e8;--s1:#f0a35e;--s2:#4fc3b4;--s3:#b99cf8;--s4:#d9c659;\
        --band:#202b34;--k-say:#6db3e8;--k-move:#8b949e;--k-act:#4fc3b4;--k-plan:#b99cf8;--k-reflect:#f08bbd;--k-event:#f0a35e;\
        --o0:#5fa8d8;--o1:#9ccbe8;--o2:#b8c0c8;--o3:#e0b06a;--o4:#e58f7d;--o5:#bfa3ee;--o6:#69c9bb;--on:#14171a}}
        @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--muted:#444;--line:#bbb;--grid:#ddd;--link:#000;\
        --s0:#1f5f8b;--s1:#b4530a;--s2:#0f766e;--s3:#7c3aed;--s4:#6b5b00;--band:#eee;--k-say:#1f5f8b;--k-move:#7d8590;\
        --k-act:#0f766e;--k-plan:#7c3aed;--k-reflect:#a8326e;--k-event:#b4530a;--o0:#1b4f72;--o1:#2a719f;--o2:#5d6770;\
        --o3:#9a5b13;--o4:#8a2f1d;--o5:#5b3a8c;--o6:#0f6b62;--on:#fff}\
        nav,.download,.card details{display:none}.card,tr{break-inside:avoid}.scroll{overflow:visible!important;max-height:none!important}\
        details::details-content{content-visibility:visible;height:auto}}
        *{box-sizing:border-box}
        html{color-scheme:light dark;-webkit-text-size-adjust:100%;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        body{margin:0;background:var(--paper);color:var(--ink);\
        font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        header,main,footer{max-width:1120px;margin:0 auto;padding:0 24px}
        header{padding-top:40px}
        h1{font:600 2.1rem/1.2 Georgia,"Times New Roman",serif;margin:0;letter-spacing:-.01em}
        .subtitle{color:var(--muted);margin:.4rem 0 0}
        h2{font:600 1.45rem/1.25 Georgia,"Times New Roman",serif;margin:3rem 0 .6rem;padding-top:1.1rem;\
        border-top:1px solid var(--line)}
        h3{font-size:1.05rem;line-height:1.35;margin:2rem 0 .6rem}
        h4{font-size:.95rem;line-height:1.35;margin:0 0 .15rem}
        p{margin:.5rem 0;max-width:72ch}
        .headline{border-left:4px solid var(--s0);padding:.1rem 0 .1rem 1.1rem;margin:1.6rem 0 1.2rem;font-size:1.06rem}
        .headline p:first-child{font-weight:600}
        .ask,.note,figcaption{color:var(--muted);font-size:.86rem;line-height:1.45;margin:.1rem 0 .5rem;max-width:none}
        nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0;padding:0;font-size:.92rem}
        a{color:var(--link);text-underline-offset:.15em}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(330px,100%),1fr));gap:16px;align-items:start}
        .card{margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:14px 16px 10px;min-width:0}
        svg{display:block;width:100%;height:auto;max-width:460px;margin:.3rem 0}
        svg.wide{max-width:none;min-width:700px}
        svg text{fill:var(--ink);font-size:12px;font-family:inherit;font-variant-numeric:tabular-nums}
        svg .small{font-size:11px}svg .faint{fill:var(--muted)}svg .on{fill:var(--on);font-size:11px}
        .rule{stroke:var(--grid)}.axis{stroke:var(--line)}.band{fill:var(--band)}
        .tie{stroke:var(--muted);stroke-width:1.4;opacity:.55}.tie-oneway{stroke-dasharray:3 3}.tie-new{stroke:var(--s1);opacity:.9}
        .whisker{stroke:var(--ink);stroke-width:1.2;fill:none;opacity:.75}
        .s0{fill:var(--s0)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.s4{fill:var(--s4)}
        .mirror{fill:var(--card);stroke:var(--muted);stroke-width:1.6}
        .o0{fill:var(--o0)}.o1{fill:var(--o1)}.o2{fill:var(--o2)}.o3{fill:var(--o3)}.o4{fill:var(--o4)}.o5{fill:var(--o5)}\
        .o6{fill:var(--o6)}
        .k-say{fill:var(--k-say)}.k-move,.k-sleep,.k-wake{fill:var(--k-move)}.k-act{fill:var(--k-act)}\
        .k-plan{fill:var(--k-plan)}.k-reflect{fill:var(--k-reflect)}.k-event,.k-failure,.k-other{fill:var(--k-event)}
        .legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;padding:0;margin:.4rem 0 .8rem;font-size:.88rem}
        .legend li{display:flex;align-items:center;gap:.4rem}
        .legend svg{width:12px;height:12px;flex:none;margin:0}
        .scroll{overflow-x:auto}.tall{max-height:34rem;overflow-y:auto;border:1px solid var(--line);border-radius:8px}
        .tall thead th{position:sticky;top:0;background:var(--card)}
        table{border-collapse:collapse;font-size:.86rem;line-height:1.4;font-variant-numeric:tabular-nums;overflow-wrap:normal}
        caption{text-align:left;color:var(--muted);padding:.2rem 0}
        th,td{text-align:left;vertical-align:top;padding:.28rem .6rem;border-bottom:1px solid var(--grid)}
        thead th{border-bottom:1px solid var(--line);font-weight:600}
        tbody th{font-weight:500}
        .n{text-align:right;white-space:nowrap}.time{white-space:nowrap;color:var(--muted)}
        .happened{width:100%}.download{font-size:.9rem;margin:.25rem 0}
        .heat td{text-align:center;min-width:4.2rem;border:2px solid var(--paper);border-radius:4px}
        .heat thead th{vertical-align:bottom}
        .h0{background:#8f3b0c;color:#fff}.h1{background:#b85a1b;color:#fff}.h2{background:#eaa56b;color:#1d2329}\
        .h3{background:#f6d5b5;color:#1d2329}.h4{background:#e4eaee;color:#1d2329}.h5{background:#bcd7e8;color:#1d2329}\
        .h6{background:#79b0d1;color:#1d2329}.h7{background:#20618c;color:#fff}
        .chips{display:flex;flex-wrap:wrap;gap:.3rem;list-style:none;padding:0;margin:.4rem 0;font-size:.8rem}
        .chips li{padding:.05rem .5rem;border-radius:4px}
        details{margin:.3rem 0 .6rem;font-size:.9rem}
        summary{cursor:pointer;color:var(--link)}
        .facts{display:grid;grid-template-columns:minmax(9rem,max-content) minmax(0,1fr);gap:.35rem 1.4rem;margin:.8rem 0}
        .facts dt{color:var(--muted)}.facts dd{margin:0;font-family:ui-monospace,"DejaVu Sans Mono",Menlo,monospace;\
        font-size:.86rem;white-space:pre-wrap}
        .kind{font-size:.78rem;color:var(--muted);white-space:nowrap}
        footer{color:var(--muted);font-size:.86rem;padding-top:2rem;padding-bottom:3rem}
        @media (max-width:600px){header,main,footer{padding-left:16px;padding-right:16px}header{padding-top:24px}\
        h1{font-size:1.6rem}.facts{grid-template-columns:minmax(0,1fr);gap:.05rem}.facts dd{margin-bottom:.6rem}\
        .happened thead{display:none}.happened tr{display:block;padding:.4rem .6rem;border-bottom:1px solid var(--grid)}\
        .happened td{display:inline;padding:0 .5rem 0 0;border:0}.happened td:last-child{display:block}}

        """
}
