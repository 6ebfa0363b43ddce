import { RscEntryLexicalCell as RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { RscEntryLexicalField as RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { LexicalDiffComponent as LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { InlineToolbarFeatureClient as InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HorizontalRuleFeatureClient as HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BlockquoteFeatureClient as BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { LinkFeatureClient as LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ChecklistFeatureClient as ChecklistFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { OrderedListFeatureClient as OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnorderedListFeatureClient as UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { IndentFeatureClient as IndentFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { AlignFeatureClient as AlignFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HeadingFeatureClient as HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ParagraphFeatureClient as ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { InlineCodeFeatureClient as InlineCodeFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { SuperscriptFeatureClient as SuperscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { SubscriptFeatureClient as SubscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { StrikethroughFeatureClient as StrikethroughFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnderlineFeatureClient as UnderlineFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BoldFeatureClient as BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ItalicFeatureClient as ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { PictureTextsField as PictureTextsField_0bc6a282b4c5f1b50d2980639d3805a7 } from '../../../dashboards/listings/PictureTextsField'
import { RankPanel as RankPanel_1a5597f4e258dc7e5b8689f6caa02cf6 } from '../../../dashboards/ranking/RankPanel'
import { DocumentHistory as DocumentHistory_5b3fca6e697ae7de31f19a2449c50e03 } from '../../../dashboards/audit/DocumentHistory'
import { Suspension as Suspension_aa88873e238fc5ec4e938a8690cd0226 } from '../../../dashboards/users/Suspension'
import { UserFilters as UserFilters_f1884fbebc73598f81a82459d0b1004f } from '../../../dashboards/users/UserFilters'
import { ChangesCell as ChangesCell_9c06df6a398e66750214d39bf31df5b5 } from '../../../dashboards/audit/ChangesCell'
import { ChangesField as ChangesField_9a5c59d97389cdaef8db41e3e425f987 } from '../../../dashboards/audit/ChangesField'
import { AuditFilters as AuditFilters_62c882969be7d167614b2522c8a5703f } from '../../../dashboards/audit/AuditFilters'
import { JsonField as JsonField_117efce714b680cc045f98ff54a61d58 } from '../../../dashboards/components/JsonField'
import { StaffHome as StaffHome_18b5019f197b4d475e5889ca0a04fdb4 } from '../../../dashboards/home/StaffHome'
import { StaffLinks as StaffLinks_ff6ff1b936fb16b3fd6aab981a4a45ca } from '../../../dashboards/nav/StaffLinks'
import { ModerationView as ModerationView_9b6dbc1763f2d5d93c5f3189b82de97c } from '../../../dashboards/moderation/ModerationView'
import { FeedView as FeedView_4ab29dbc8ae3e40f311c58d3aabcf675 } from '../../../dashboards/feed/FeedView'
import { NotificationsView as NotificationsView_04b30fe1879d55ca87f8c95a6190a7cf } from '../../../dashboards/notifications/NotificationsView'
import { PreviewsView as PreviewsView_d99db3fc91fbe86443bd4add52b6719d } from '../../../dashboards/notifications/PreviewsView'
import { UsageView as UsageView_8f260c6b9d6395c97331f993ea3e47a6 } from '../../../dashboards/usage/UsageView'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalCell": RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalField": RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#LexicalDiffComponent": LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/client#InlineToolbarFeatureClient": InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HorizontalRuleFeatureClient": HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BlockquoteFeatureClient": BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#LinkFeatureClient": LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ChecklistFeatureClient": ChecklistFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#OrderedListFeatureClient": OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnorderedListFeatureClient": UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#IndentFeatureClient": IndentFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#AlignFeatureClient": AlignFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HeadingFeatureClient": HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ParagraphFeatureClient": ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#InlineCodeFeatureClient": InlineCodeFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#SuperscriptFeatureClient": SuperscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#SubscriptFeatureClient": SubscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#StrikethroughFeatureClient": StrikethroughFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnderlineFeatureClient": UnderlineFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BoldFeatureClient": BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ItalicFeatureClient": ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/dashboards/listings/PictureTextsField#PictureTextsField": PictureTextsField_0bc6a282b4c5f1b50d2980639d3805a7,
  "/dashboards/ranking/RankPanel#RankPanel": RankPanel_1a5597f4e258dc7e5b8689f6caa02cf6,
  "/dashboards/audit/DocumentHistory#DocumentHistory": DocumentHistory_5b3fca6e697ae7de31f19a2449c50e03,
  "/dashboards/users/Suspension#Suspension": Suspension_aa88873e238fc5ec4e938a8690cd0226,
  "/dashboards/users/UserFilters#UserFilters": UserFilters_f1884fbebc73598f81a82459d0b1004f,
  "/dashboards/audit/ChangesCell#ChangesCell": ChangesCell_9c06df6a398e66750214d39bf31df5b5,
  "/dashboards/audit/ChangesField#ChangesField": ChangesField_9a5c59d97389cdaef8db41e3e425f987,
  "/dashboards/audit/AuditFilters#AuditFilters": AuditFilters_62c882969be7d167614b2522c8a5703f,
  "/dashboards/components/JsonField#JsonField": JsonField_117efce714b680cc045f98ff54a61d58,
  "/dashboards/home/StaffHome#StaffHome": StaffHome_18b5019f197b4d475e5889ca0a04fdb4,
  "/dashboards/nav/StaffLinks#StaffLinks": StaffLinks_ff6ff1b936fb16b3fd6aab981a4a45ca,
  "/dashboards/moderation/ModerationView#ModerationView": ModerationView_9b6dbc1763f2d5d93c5f3189b82de97c,
  "/dashboards/feed/FeedView#FeedView": FeedView_4ab29dbc8ae3e40f311c58d3aabcf675,
  "/dashboards/notifications/NotificationsView#NotificationsView": NotificationsView_04b30fe1879d55ca87f8c95a6190a7cf,
  "/dashboards/notifications/PreviewsView#PreviewsView": PreviewsView_d99db3fc91fbe86443bd4add52b6719d,
  "/dashboards/usage/UsageView#UsageView": UsageView_8f260c6b9d6395c97331f993ea3e47a6,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
