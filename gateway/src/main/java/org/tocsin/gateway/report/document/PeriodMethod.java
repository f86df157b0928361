package org.tocsin.gateway.report.document;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tocsin.gateway.report.paper.Part;
import org.tocsin.gateway.report.period.Period;
import org.tocsin.gateway.report.period.PeriodQuery;
import org.tocsin.gateway.report.period.PeriodReport;

/** How a period's figures came about, and what they cannot say. */
final class PeriodMethod {
    private PeriodMethod() {}

    static Part.Box method(PeriodReport report, ZoneId zone) {
        Period period = report.query().period();
        return new Part.Box(
                "统计方法",
                List.of(
                        "统计对象：签发时间在 " + period.from() + " 00:00 至 " + period.to() + " 24:00（" + zone.getId()
                                + "）之间的真实预警。首发和每次更新各为一期，逐期计算；解除不计入覆盖数字；演练和测试单列。",
                        "居民：目标区域的常住人口，取自行政区划表，在该期发布时固定，以后导入的数据不改变已发布各期。",
                        "确证：本人有送达回执（短信全部分段送达、微信成功、客户端收到等）的居民，不论几个渠道，每人每期只计一次。运营商“已受理”不算送达，平台自报的百分比不作依据。",
                        "下限：各村取确证人数与经实地调查的广播、显示屏可以确证的受众中较大的一个，不依赖任何假设。估计：假定各渠道相互独立。上限：最多可能收到的人数。",
                        "结论：下限达到该期目标为“达标”；仅估计值达到为“可能达标”；其余为“未达标”。居民为零或面向特定受众的预警不计入。",
                        "加权：各期人数先相加后相除，居民多的预警权重大。简单平均：各期占比直接平均，每期同权。两者回答不同的问题，不能互换。",
                        "时效：自签发至第一人、半数、九成居民确证收到的时间；中位数中从未达到的期排在最后，若中位落在从未达到的期上，则记“未达到”；没有计入的期时记“—”。",
                        "乡镇：只计该乡镇在各期目标区域之内的部分，各期相加后相除，由高到低排名，相同者并列。"));
    }

    static Part.Box limits(PeriodReport report) {
        List<String> lines = new ArrayList<>(List.of(
                "送达回执说明信息到达终端，不说明本人已看懂或已行动。",
                "登记中没有地址或没有登记的居民只能通过广播、显示屏计入；未经实地调查的广播、显示屏不提高下限。",
                "一期预警的目标区域越小，其占比波动越大；期数少的月份、灾种和乡镇不宜据以排名或考核。",
                "各渠道的数字按渠道分别去重，相加会重复计算同一人。",
                "本报告由系统根据各期保存的统计结果生成；逐期证据可用证据包独立复算，本报告本身不是证据。"));
        if (report.total().open() > 0) {
            lines.add("有 " + report.total().open() + " 期尚未封存，其数字以后可能升高，不会因数据导入而改变居民数。");
        }
        return new Part.Box("本报告不能说明什么", lines);
    }

    static String filters(PeriodQuery query) {
        List<String> words = new ArrayList<>();
        if (query.hazard() != null) {
            words.add("灾种 " + query.hazard());
        }
        if (!query.levels().isEmpty()) {
            words.add("级别 "
                    + query.levels().stream().sorted().map(ChineseWords::level).collect(Collectors.joining("、")));
        }
        if (query.issuer() != null) {
            words.add("发布单位 " + query.issuer());
        }
        if (query.channel() != null) {
            words.add("使用渠道 " + ChineseWords.channel(query.channel()) + "（覆盖率仍为各期全部渠道合计）");
        }
        return String.join("，", words);
    }
}
